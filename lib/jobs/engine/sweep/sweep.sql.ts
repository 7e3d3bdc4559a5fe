import { z } from 'zod';
import { readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import type { QueueableJob } from '#lib/jobs/engine/queue';
import { withoutEntry } from '#lib/jobs/engine/queue.sql';
import { Prisma } from '#prisma/client';

const unqueuedSeconds = 15;
// A released job has no run, so a shorter time is enough.
const releasedSeconds = 1;
const maxSwept = 1_000;

/**
 * Locks and returns active jobs that have no run and no queue entry. At most every `everySeconds`, one of all workers gets them;
 * the others get an empty list.
 */
export function lockUnqueuedJobs(tx: Db, everySeconds: number): Promise<QueueableJob[]> {
  return readRows(
    tx,
    z.object({ id: z.string(), large: z.boolean() }),
    Prisma.sql`
      with turn as (
        update installation set jobs_swept_at = clock_timestamp() where id in (
          select id from installation where jobs_swept_at < clock_timestamp() - make_interval(secs => ${everySeconds})
          for update skip locked)
        returning id)
      select id, large from promotion_jobs
      where exists (select from turn) and status in ('pending', 'processing', 'cancelling')
        and greatest(created_at, run_seen_at, retry_at) < clock_timestamp() - make_interval(
          secs => case when status <> 'pending' and run_token is null then ${releasedSeconds}::int else ${unqueuedSeconds}::int end)
        and ${withoutEntry}
      order by created_at limit ${maxSwept} for update of promotion_jobs skip locked`,
  );
}

const fileOwner = z.object({ id: z.string(), fileKey: z.string().nullable(), active: z.boolean() });

/** Returns the jobs with these ids, each with the name of its file. */
export function readFileOwners(db: Db, jobIds: readonly string[]): Promise<z.output<typeof fileOwner>[]> {
  return readRows(
    db,
    fileOwner,
    Prisma.sql`
    select id, file_key as "fileKey", finished_at is null as active from promotion_jobs
    where id = any(${jobIds}::uuid[])`,
  );
}

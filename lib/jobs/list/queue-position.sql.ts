import { z } from 'zod';
import { readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { silentSeconds } from '#lib/jobs/status';
import { Prisma } from '#prisma/client';

/**
 * Returns the ids of the jobs that wait for a worker, oldest first. The planner uses the partial index of active jobs only for the
 * literal statuses of its condition. Without the materialized step it would read all jobs in the order of their creation.
 */
export async function readWaitingIds(db: Db, limit: number): Promise<string[]> {
  const rows = await readRows(
    db,
    z.object({ id: z.string() }),
    Prisma.sql`
      with waiting as materialized (
        select id, created_at from promotion_jobs
        where status in ('pending', 'processing', 'cancelling') and (retry_at is null or retry_at <= clock_timestamp())
          and (status = 'pending' or run_token is null or run_seen_at < clock_timestamp() - make_interval(secs => ${silentSeconds}))
      )
      select id from waiting order by created_at, id limit ${limit}`,
  );
  return rows.map(({ id }) => id);
}

// Workers sweep every few seconds, and a worker starts within a few seconds.
const unsweptSeconds = 10;

/** Returns true when a worker has swept the jobs recently, so at least one worker runs. */
export async function sweptRecently(db: Db): Promise<boolean> {
  const [installation] = await readRows(
    db,
    z.object({ swept: z.boolean() }),
    Prisma.sql`select jobs_swept_at > clock_timestamp() - make_interval(secs => ${unsweptSeconds}) as swept from installation`,
  );
  return installation?.swept ?? false;
}

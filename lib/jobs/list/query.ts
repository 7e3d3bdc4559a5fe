import { databaseNow } from '#lib/database/clock';
import type { Db } from '#lib/db';
import { readCapacity } from '#lib/jobs/list/capacity';
import { countJobs, jobTypes, ofPromotion } from '#lib/jobs/list/counts';
import type { JobsPage, WatchedJobs } from '#lib/jobs/list/job-row';
import { readQueuePosition } from '#lib/jobs/list/queue-position';
import { readJobs } from '#lib/jobs/list/rows';
import { jobsPage, type ListJobsInput, type WatchJobsInput } from '#lib/jobs/schema';
import { activeStatuses, jobStatuses } from '#lib/jobs/status';
import type { Actor } from '#lib/users/permissions';
import { Prisma } from '#prisma/client';

/** One page of jobs, newest first, and all that stands around it, so that a screen asks once. */
export async function listJobs(db: Db, _actor: Actor, input: ListJobsInput): Promise<JobsPage> {
  const [listed, counts, capacity] = await Promise.all([
    readJobs(db, pageOfJobs(input)).then(async (jobs) => ({ jobs, queuePosition: await readQueuePosition(db, jobs) })),
    countJobs(db, input),
    input.promotion_id ? readCapacity(db, input.promotion_id) : null,
  ]);
  return { ...listed, ...counts, capacity };
}

// Each status and kind is read from its own end of the index and cut to what the page can need: whatever is
// rare or common among a hundred thousand jobs, no more than that is looked at.
function pageOfJobs({ promotion_id, status, job_type, page }: ListJobsInput): Prisma.Sql {
  const before = (page - 1) * jobsPage.size;
  return Prisma.sql`
    select newest.id
    from unnest(${status ? [status] : jobStatuses}::job_status[]) as s (status)
    cross join unnest(${job_type ? [job_type] : jobTypes}::job_type[]) as t (job_type)
    cross join lateral (
      select id, created_at from promotion_jobs
      where status = s.status and job_type = t.job_type ${ofPromotion(promotion_id)}
      order by created_at desc, id limit ${before + jobsPage.size}
    ) as newest
    order by newest.created_at desc, newest.id offset ${before} limit ${jobsPage.size}`;
}

// A job shows up when its transaction ends, with the time at which that began.
const overlapSeconds = 10;

/**
 * The jobs asked for, in any state; the actor's own that are active, from whichever screen they were made; and
 * those that the actor made since the last look, which may be over already.
 */
export async function watchJobs(db: Db, actor: Actor, { ids, since }: WatchJobsInput): Promise<WatchedJobs> {
  const now = await databaseNow(db);
  const madeSince = since
    ? Prisma.sql`
      union select id from promotion_jobs
      where created_at > ${since}::timestamptz - make_interval(secs => ${overlapSeconds}) and created_by = ${actor.name}`
    : Prisma.empty;
  const jobs = await readJobs(
    db,
    Prisma.sql`
      select id from promotion_jobs where id = any(${ids}::uuid[])
      union select id from promotion_jobs where created_by = ${actor.name} and status = any(${activeStatuses}::job_status[])
      ${madeSince}`,
  );
  return { now: now.toISOString(), jobs };
}

import { z } from 'zod';
import { readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import type { Count, JobCounts } from '#lib/jobs/list/job-row';
import type { ListJobsInput } from '#lib/jobs/schema';
import { jobStatuses } from '#lib/jobs/status';
import { Prisma } from '#prisma/client';
import { JobStatus, JobType } from '#prisma/enums';

/** Counting stops at this number, because counting a hundred thousand jobs every second is expensive. */
const maxCount = 1000;

export const jobTypes = Object.values(JobType);

/** A condition that limits a statement to one promotion. The indexes on status and kind exist with and without the promotion as first column. */
export function inPromotion(promotionId: string | undefined): Prisma.Sql {
  return promotionId ? Prisma.sql`and promotion_id = ${promotionId}::uuid` : Prisma.empty;
}

/** A condition for the jobs that lists show. Of a promotion that is being deleted, lists show only the deletion. PostgreSQL runs the subquery once. */
export const isShown = Prisma.sql`(job_type = 'promotion_delete' or promotion_id not in (select id from promotions where deleting_at is not null))`;

const group = z.object({ now: z.date(), status: z.enum(JobStatus), jobType: z.enum(JobType), n: z.int() });

/** Returns the number of jobs in each status (of the selected kind) and of each kind (in the selected status), and the time by the database's clock. */
export async function countJobs(db: Db, { promotion_id, status, job_type }: ListJobsInput): Promise<{ now: string; counts: JobCounts }> {
  // The order matches the index. Without it, the planner may scan the table until it has found enough jobs of a rare status.
  const groups = await readRows(
    db,
    group,
    Prisma.sql`
    select clock_timestamp() as now, s.status, t.job_type as "jobType", counted.n
    from unnest(${jobStatuses}::job_status[]) as s (status)
    cross join unnest(${jobTypes}::job_type[]) as t (job_type)
    cross join lateral (
      select count(*)::int as n from (
        select from promotion_jobs
        where status = s.status and job_type = t.job_type and ${isShown} ${inPromotion(promotion_id)}
        order by created_at desc, id limit ${maxCount + 1}
      ) as capped
    ) as counted`,
  );
  if (!groups[0]) throw new Error('the count of jobs returned no row');
  const count = (wantedStatus?: JobStatus, wantedType?: JobType): Count => {
    const some = groups.filter((each) => (!wantedStatus || each.status === wantedStatus) && (!wantedType || each.jobType === wantedType));
    const n = some.reduce((sum, each) => sum + each.n, 0);
    return { n: Math.min(n, maxCount), more: n > maxCount };
  };
  const counts = {
    shown: count(status, job_type),
    anyStatus: count(undefined, job_type),
    anyType: count(status, undefined),
    byStatus: jobStatuses.map((each) => ({ status: each, count: count(each, job_type) })),
    byType: jobTypes.map((each) => ({ jobType: each, count: count(status, each) })),
  };
  return { now: groups[0].now.toISOString(), counts };
}

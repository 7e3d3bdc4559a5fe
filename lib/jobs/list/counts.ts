import type { Db } from '#lib/db';
import type { Count, JobCounts } from '#lib/jobs/list/job-row';
import type { ListJobsInput } from '#lib/jobs/schema';
import { jobStatuses } from '#lib/jobs/status';
import { Prisma } from '#prisma/client';
import { type JobStatus, JobType } from '#prisma/enums';

/** Nobody reads an exact number beyond this, and counting a hundred thousand jobs every second is not free. */
const countedUpTo = 1000;

export const jobTypes = Object.values(JobType);

/** Which indexed part of the table a list looks at. Both indexes on status and kind begin with what this names. */
export function ofPromotion(promotionId: string | undefined): Prisma.Sql {
  return promotionId ? Prisma.sql`and promotion_id = ${promotionId}::uuid` : Prisma.empty;
}

type Group = { now: Date; status: JobStatus; jobType: JobType; n: number };

/** How many jobs there are of each status (of the kind asked for) and of each kind (of the status asked for). */
export async function countJobs(db: Db, { promotion_id, status, job_type }: ListJobsInput): Promise<{ now: string; counts: JobCounts }> {
  // The order is that of the index; without it the planner may hope to meet enough jobs of a rare status in the table itself.
  const groups = await db.$queryRaw<[Group, ...Group[]]>`
    select clock_timestamp() as now, s.status, t.job_type as "jobType", counted.n
    from unnest(${jobStatuses}::job_status[]) as s (status)
    cross join unnest(${jobTypes}::job_type[]) as t (job_type)
    cross join lateral (
      select count(*)::int as n from (
        select from promotion_jobs
        where status = s.status and job_type = t.job_type ${ofPromotion(promotion_id)}
        order by created_at desc, id limit ${countedUpTo + 1}
      ) as capped
    ) as counted`;
  const count = (wantedStatus?: JobStatus, wantedType?: JobType): Count => {
    const some = groups.filter(
      (group) => (!wantedStatus || group.status === wantedStatus) && (!wantedType || group.jobType === wantedType),
    );
    const n = some.reduce((sum, group) => sum + group.n, 0);
    return { n: Math.min(n, countedUpTo), more: n > countedUpTo };
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

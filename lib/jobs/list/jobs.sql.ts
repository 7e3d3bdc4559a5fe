import { readRows, selectList } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { inPromotion, isShown, jobTypes } from '#lib/jobs/list/counts.sql';
import type { JobRow } from '#lib/jobs/list/job-row';
import { listedColumns, listedJob, toJobRow } from '#lib/jobs/list/to-job-row';
import { jobsPage, type ListJobsInput, type WatchJobsInput } from '#lib/jobs/schema';
import { activeStatuses, jobStatuses } from '#lib/jobs/status';
import type { Actor } from '#lib/users/permissions';
import { Prisma } from '#prisma/client';

/** Reads the jobs whose ids `selection` returns, newest first. */
async function readJobs(db: Db, selection: Prisma.Sql): Promise<JobRow[]> {
  const statement = Prisma.sql`
    select ${selectList(listedColumns, 'j')}, coalesce(p.name, j.promotion_name) as "promotionName",
      coalesce(p.code_count, 0) as "promotionCodes",
      greatest(p.max_codes - p.code_count, 0) as capacity,
      extract(epoch from coalesce(j.started_at, j.finished_at, clock_timestamp()) - j.created_at)::float8 as "secondsWaited",
      extract(epoch from coalesce(j.finished_at, clock_timestamp()) - j.started_at)::float8 as "secondsWorked",
      case when j.status in ('processing', 'cancelling') then extract(epoch from clock_timestamp() - j.run_seen_at)::float8 end as "secondsSilent",
      case when j.retry_at is not null then greatest(extract(epoch from j.retry_at - clock_timestamp()), 0)::float8 end as "secondsUntilRetry",
      coalesce(extract(epoch from clock_timestamp() - case
        when j.job_type = 'code_export' and j.status = 'processing' then j.run_seen_at else j.updated_at end), 0)::float8 as "secondsSince",
      coalesce((j.parameters ->> 'unused')::boolean, false) and not exists (
        select from redemptions as r where r.promotion_number = p.number) as "unusedWithoutUses"
    from (${selection}) as selected
    join promotion_jobs j on j.id = selected.id
    left join promotions p on p.id = j.promotion_id
    order by j.created_at desc, j.id`;
  return (await readRows(db, listedJob, statement)).map(toJobRow);
}

/**
 * Returns one page of a list. Each combination of status and kind is read from its own range of the index, limited to the rows that
 * the page can contain. The cost therefore does not depend on how rare a status is.
 */
export function readPageOfJobs(db: Db, { promotion_id, status, job_type, page }: ListJobsInput): Promise<JobRow[]> {
  const before = (page - 1) * jobsPage.size;
  return readJobs(
    db,
    Prisma.sql`
    select newest.id
    from unnest(${status ? [status] : jobStatuses}::job_status[]) as s (status)
    cross join unnest(${job_type ? [job_type] : jobTypes}::job_type[]) as t (job_type)
    cross join lateral (
      select id, created_at from promotion_jobs
      where status = s.status and job_type = t.job_type and ${isShown} ${inPromotion(promotion_id)}
      order by created_at desc, id limit ${before + jobsPage.size}
    ) as newest
    order by newest.created_at desc, newest.id offset ${before} limit ${jobsPage.size}`,
  );
}

/** Returns the jobs with these ids, newest first. */
export function readJobsById(db: Db, ids: readonly string[]): Promise<JobRow[]> {
  return readJobs(db, Prisma.sql`select id from promotion_jobs where id = any(${ids}::uuid[])`);
}

/** Returns the active job of a promotion: an array of none or one. */
export function readActiveJobs(db: Db, promotionId: string): Promise<JobRow[]> {
  return readJobs(
    db,
    Prisma.sql`select id from promotion_jobs where promotion_id = ${promotionId}::uuid and status = any(${activeStatuses}::job_status[])`,
  );
}

/** Returns the newest started jobs of all promotions. The statuses are literals because their index is partial. */
export function readStartedJobs(db: Db, limit: number): Promise<JobRow[]> {
  return readJobs(
    db,
    Prisma.sql`select id from promotion_jobs where status in ('processing', 'cancelling') order by created_at desc limit ${limit}`,
  );
}

// `created_at` is the start of the transaction, but a job becomes visible only with the commit.
const overlapSeconds = 10;

/** Returns the jobs with these ids, the actor's active jobs, and the jobs that the actor created since the previous call. */
export function readWatchedJobs(db: Db, actor: Actor, { ids, since }: WatchJobsInput): Promise<JobRow[]> {
  const createdSince = since
    ? Prisma.sql`
      union select id from promotion_jobs
      where created_at > ${since}::timestamptz - make_interval(secs => ${overlapSeconds}) and created_by = ${actor.name} and ${isShown}`
    : Prisma.empty;
  return readJobs(
    db,
    Prisma.sql`
      select id from promotion_jobs where id = any(${ids}::uuid[]) and ${isShown}
      union select id from promotion_jobs where created_by = ${actor.name} and status = any(${activeStatuses}::job_status[])
      ${createdSince}`,
  );
}

import { databaseNow } from '#lib/database/clock.sql';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { ApiJobColumns } from '#lib/jobs/columns';
import { readApiPage } from '#lib/jobs/list/api-page.sql';
import { readCapacity } from '#lib/jobs/list/capacity';
import { countJobs } from '#lib/jobs/list/counts.sql';
import type { JobsPage, WatchedJobs } from '#lib/jobs/list/job-row';
import { readPageOfJobs, readWatchedJobs } from '#lib/jobs/list/jobs.sql';
import { readQueuePosition } from '#lib/jobs/list/queue-position';
import type { ListJobsInput, WatchJobsInput } from '#lib/jobs/schema';
import { listedTypes } from '#lib/jobs/types/registry';
import { findPromotion } from '#lib/promotions/find';
import type { Actor } from '#lib/users/permissions';
import { JobStatus, JobType } from '#prisma/enums';

/** Returns one page of jobs, newest first, with the counts, queue position and capacity that the screen shows. */
export async function listJobs(db: Db, _actor: Actor, input: ListJobsInput): Promise<JobsPage> {
  const [listed, counts, capacity] = await Promise.all([
    readPageOfJobs(db, input).then(async (jobs) => ({ jobs, queuePosition: await readQueuePosition(db, jobs) })),
    countJobs(db, input),
    input.promotion_id ? readCapacity(db, input.promotion_id) : null,
  ]);
  return { ...listed, ...counts, capacity };
}

/**
 * Returns the jobs with these ids in any status, the active jobs of the actor from all screens, and the jobs that the actor created
 * since the previous call, which may have ended already.
 */
export async function watchJobs(db: Db, actor: Actor, input: WatchJobsInput): Promise<WatchedJobs> {
  const now = await databaseNow(db);
  return { now: now.toISOString(), jobs: await readWatchedJobs(db, actor, input) };
}

export type JobsOfPromotion = {
  promotionId: string;
  /** A text that is not a status or kind matches no job. */
  status?: string;
  jobType?: string;
  limit: number;
  offset: number;
};

/**
 * Returns a page of a promotion's jobs for the API, newest first, and the number of matching jobs. Without `jobType`, only jobs of
 * the listed kinds match. Throws `not_found`.
 */
export async function listJobsOfPromotion(
  db: Db,
  actor: Actor,
  { promotionId, status, jobType, limit, offset }: JobsOfPromotion,
): Promise<{ rows: ApiJobColumns[]; total: number }> {
  if (!isOneOf(JobStatus, status) || !isOneOf(JobType, jobType)) {
    await findPromotion(db, actor, { promotionId });
    return { rows: [], total: 0 };
  }
  const types = jobType === undefined ? listedTypes : [jobType];
  const unfiltered = status === undefined && jobType === undefined;
  const [page, total] = await Promise.all([
    readApiPage(db, { promotionId, status, types, limit, offset }),
    unfiltered ? null : db.promotionJob.count({ where: { promotionId, status, jobType: { in: types } } }),
  ]);
  if (!page) throw new DomainError('not_found', 'promotion not found');
  return { rows: page.rows, total: total ?? page.listed };
}

function isOneOf<T extends string>(names: Record<string, T>, text: string | undefined): text is T | undefined {
  return text === undefined || Object.values<string>(names).includes(text);
}

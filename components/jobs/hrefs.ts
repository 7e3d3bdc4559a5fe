import type { JobRow } from '#lib/jobs/list/job-row';
import type { JobsAddress } from '#lib/jobs/schema';

/** Returns the address of a list of jobs. Filters with their default value are left out. */
export function jobsHref(path: string, { status, job_type, page, job }: Partial<JobsAddress>): string {
  const query = new URLSearchParams();
  if (status) query.set('status', status);
  if (job_type) query.set('job_type', job_type);
  if (page && page > 1) query.set('page', `${page}`);
  if (job) query.set('job', job);
  return query.size ? `${path}?${query}` : path;
}

/** Returns the address of a job in the list of its promotion. A deletion is in the list of all jobs, because its promotion has no page. */
export function jobHref({ id, promotionId, jobType }: Pick<JobRow, 'id' | 'promotionId' | 'jobType'>): string {
  if (jobType === 'promotion_delete') return jobsHref('/jobs', { job_type: jobType, job: id });
  return jobsHref(`/promotions/${promotionId}`, { job: id });
}

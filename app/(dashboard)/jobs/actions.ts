'use server';

import { action } from '#lib/action';
import { cancelJob } from '#lib/jobs/cancel';
import { createJob } from '#lib/jobs/create';
import { listJobs, watchJobs } from '#lib/jobs/list/query';
import { rerunJob } from '#lib/jobs/rerun';
import { createJobOfPromotion, jobOfPromotion, listJobsInput, watchJobsInput } from '#lib/jobs/schema';

export const listJobsAction = action('read', listJobsInput, listJobs, { poll: true });
export const watchJobsAction = action('read', watchJobsInput, watchJobs, { poll: true });
export const createJobAction = action('write', createJobOfPromotion, async (db, actor, input) => {
  const { id } = await createJob(db, actor, input.promotion_id, input);
  return { id };
});
export const cancelJobAction = action('write', jobOfPromotion, (db, actor, { promotion_id, job_id }) =>
  cancelJob(db, actor, { promotionId: promotion_id, jobId: job_id }),
);
export const rerunJobAction = action('write', jobOfPromotion, rerunJob);

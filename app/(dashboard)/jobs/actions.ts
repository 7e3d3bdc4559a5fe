'use server';

import { z } from 'zod';
import { action, createAction } from '#lib/action';
import { cancelJob } from '#lib/jobs/cancel';
import { createJob } from '#lib/jobs/create';
import { listJobs, watchJobs } from '#lib/jobs/list/query';
import { rerunJob } from '#lib/jobs/rerun';
import { createJobOfPromotion, jobOfPromotion, listJobsInput, watchJobsInput } from '#lib/jobs/schema';

const createdJob = z.object({ id: z.uuid() });

export const listJobsAction = action('read', listJobsInput, listJobs, { poll: true });
export const watchJobsAction = action('read', watchJobsInput, watchJobs, { poll: true });
export const createJobAction = createAction('write', createJobOfPromotion, createdJob, async (db, actor, input) => {
  const { id } = await createJob(db, actor, input.promotion_id, input);
  return { id };
});
export const cancelJobAction = action('write', jobOfPromotion, (db, actor, { promotion_id, job_id }) =>
  cancelJob(db, actor, { promotionId: promotion_id, jobId: job_id }),
);
export const rerunJobAction = createAction('write', jobOfPromotion, createdJob, rerunJob);

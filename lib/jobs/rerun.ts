import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { parseInput } from '#lib/input/parse';
import { createJob } from '#lib/jobs/create';
import { type CreateJobInput, createJobInput, type JobOfPromotion } from '#lib/jobs/schema';
import { jobDefinitions } from '#lib/jobs/types/registry';
import type { Actor } from '#lib/users/permissions';
import type { PromotionJob } from '#prisma/client';

/** Creates a job with the settings of an earlier one. Throws `not_found` and the errors of {@link createJob}. */
export async function rerunJob(db: Db, actor: Actor, { promotion_id, job_id }: JobOfPromotion): Promise<{ id: string }> {
  const earlier = await db.promotionJob.findFirst({ where: { id: job_id, promotionId: promotion_id } });
  if (!earlier) throw new DomainError('not_found', 'job not found');
  const { id } = await createJob(db, actor, promotion_id, settingsOf(earlier));
  return { id };
}

// Limits may have changed since the earlier job, so its settings are parsed like a new request.
function settingsOf(job: PromotionJob): CreateJobInput {
  return parseInput(createJobInput, {
    job_type: job.jobType,
    name: job.name ?? undefined,
    parameters: job.parameters ?? jobDefinitions[job.jobType].parameters(job),
  });
}

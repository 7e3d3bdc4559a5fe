import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { parseInput } from '#lib/input';
import { createJob } from '#lib/jobs/create';
import { type CreateJobInput, createJobInput, type JobOfPromotion } from '#lib/jobs/schema';
import type { Actor } from '#lib/users/permissions';
import type { PromotionJob } from '#prisma/client';

/** Makes a new job with the settings of an earlier one. Throws `not_found`, and whatever {@link createJob} refuses. */
export async function rerunJob(db: Db, actor: Actor, { promotion_id, job_id }: JobOfPromotion): Promise<{ id: string }> {
  const earlier = await db.promotionJob.findFirst({ where: { id: job_id, promotionId: promotion_id } });
  if (!earlier) throw new DomainError('not_found', 'job not found');
  const { id } = await createJob(db, actor, promotion_id, settingsOf(earlier));
  return { id };
}

// Parsed as if it were asked anew: limits may have changed since the earlier job.
function settingsOf(job: PromotionJob): CreateJobInput {
  return parseInput(createJobInput, {
    job_type: job.jobType,
    name: job.name ?? undefined,
    parameters: {
      number_of_codes: job.numberOfCodes ?? undefined,
      consume_unit: job.consumeUnit ?? undefined,
      max_uses_per_code: job.maxUsesPerCode ?? undefined,
      code_length: job.codeLength ?? undefined,
      code_prefix: job.codePrefix ?? undefined,
    },
  });
}

import { createJob } from '#lib/jobs/create';
import type { CreateJobInput } from '#lib/jobs/schema';
import { jobIn } from '#lib/testing/jobs';
import type { PromotionJob } from '#prisma/client';
import type { Context } from './context.ts';

/** Returns the input of a job that generates `n` codes. */
export function generateJob(n: number): CreateJobInput {
  const parameters = { number_of_codes: n, consume_unit: 'per_cart', code_length: 8, max_uses_per_code: 1 } as const;
  return { job_type: 'code_generate', parameters };
}

/** Creates a job and waits until it is completed. */
export async function runJob({ db, actor }: Context, promotionId: string, input: CreateJobInput): Promise<PromotionJob> {
  const { id } = await createJob(db, actor, promotionId, input);
  return jobIn(db, id, 'completed', 1_800_000);
}

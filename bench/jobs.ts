import { createJob } from '#lib/jobs/create';
import type { CreateJobInput } from '#lib/jobs/schema';
import { jobIn } from '#lib/testing/jobs';
import type { PromotionJob } from '#prisma/client';
import type { Ground } from './ground.ts';

/** What the bench asks for when it asks for codes. */
export function codes(n: number): CreateJobInput {
  const parameters = { number_of_codes: n, consume_unit: 'per_cart', code_length: 8, max_uses_per_code: 1 } as const;
  return { job_type: 'code_generate', parameters };
}

/** Asks for a job and waits for its end. */
export async function completed({ db, actor }: Ground, promotionId: string, input: CreateJobInput): Promise<PromotionJob> {
  const { id } = await createJob(db, actor, promotionId, input);
  return jobIn(db, id, 'completed', 1_800_000);
}

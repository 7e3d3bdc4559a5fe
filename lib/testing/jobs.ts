import type { Database, Db } from '#lib/db';
import { isActive } from '#lib/jobs/status';
import { eventually } from '#lib/testing/eventually';
import type { PromotionJob } from '#prisma/client';
import type { JobStatus } from '#prisma/enums';

/** Waits until the job has `status`. Throws at once, with its error, when it ends with another status. */
export function jobIn(db: Database, id: string, status: JobStatus, withinMs?: number): Promise<PromotionJob> {
  return eventually(
    `job ${status}`,
    async () => {
      const job = await db.promotionJob.findUniqueOrThrow({ where: { id } });
      if (job.status === status) return job;
      if (!isActive(job.status)) throw new Error(`the job is ${job.status} and not ${status}: ${job.error ?? 'no error'}`);
      return null;
    },
    withinMs,
  );
}

/** Waits until at least `generated` codes of the job are committed, to then kill, cancel or check it. */
export function jobPast(db: Database, id: string, generated: number, withinMs?: number): Promise<PromotionJob> {
  return eventually(`${generated} codes`, () => db.promotionJob.findFirst({ where: { id, generated: { gte: generated } } }), withinMs);
}

/** Inserts a processing job with `generated` codes done, without the codes, that no worker claims. */
export async function heldJob(db: Db, promotionId: string, given: { name: string; createdBy: string; generated: number }): Promise<string> {
  const [job] = await db.$queryRaw<{ id: string }[]>`
    insert into promotion_jobs (promotion_id, job_type, name, status, number_of_codes, generated, consume_unit, code_length, created_by,
      run_token, run_seen_at, created_at, started_at)
    values (${promotionId}::uuid, 'code_generate', ${given.name}, 'processing', ${given.generated * 2}, ${given.generated}, 'per_cart', 8,
      ${given.createdBy}, gen_random_uuid(), now() + interval '1 day', now() - interval '10 seconds', now() - interval '8 seconds')
    returning id`;
  if (!job) throw new Error('no job was made');
  return job.id;
}

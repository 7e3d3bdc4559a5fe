import type { Db } from '#lib/db';
import { enqueue } from '#lib/jobs/engine/queue';
import type { Prisma, PromotionJob } from '#prisma/client';

/** Inserts a pending job and its queue entry within the transaction `tx`. */
export async function insertJob(tx: Db, data: Prisma.PromotionJobCreateInput): Promise<PromotionJob> {
  const job = await tx.promotionJob.create({ data });
  await enqueue(tx, [job]);
  return job;
}

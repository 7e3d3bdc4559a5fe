import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { existing } from '#lib/promotions/deletion/existing';
import type { Actor } from '#lib/users/permissions';
import type { PromotionJob } from '#prisma/client';

export type JobAddress = { promotionId: string; jobId: string };

/**
 * Returns a job of a promotion. Also finds the job that deletes a promotion, even after the deletion. Throws `not_found` for the job
 * or the promotion.
 */
export async function findJob(db: Db, _actor: Actor, { promotionId, jobId }: JobAddress): Promise<PromotionJob> {
  const job = await db.promotionJob.findFirst({ where: { id: jobId, promotionId } });
  if (!job) return missingJob(db, promotionId);
  if (job.jobType !== 'promotion_delete' && !(await promotionExists(db, promotionId))) return missingJob(db, promotionId);
  return job;
}

/** Throws `not_found` for the promotion when it does not exist, otherwise for the job. */
export async function missingJob(db: Db, promotionId: string): Promise<never> {
  throw new DomainError('not_found', (await promotionExists(db, promotionId)) ? 'job not found' : 'promotion not found');
}

async function promotionExists(db: Db, promotionId: string): Promise<boolean> {
  return (await db.promotion.count({ where: { id: promotionId, ...existing } })) > 0;
}

/** Returns the job that deletes or has deleted the promotion, or null. */
export function findDeletion(
  db: Db,
  _actor: Actor,
  promotionId: string,
): Promise<Pick<PromotionJob, 'id' | 'promotionId' | 'jobType'> | null> {
  return db.promotionJob.findFirst({
    where: { promotionId, jobType: 'promotion_delete' },
    select: { id: true, promotionId: true, jobType: true },
  });
}

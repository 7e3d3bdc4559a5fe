import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { Actor } from '#lib/users/permissions';
import type { PromotionJob } from '#prisma/client';

export type JobAddress = { promotionId: string; jobId: string };

/** A job of a promotion. Throws `not_found`, saying which of the two is not there. */
export async function findJob(db: Db, _actor: Actor, { promotionId, jobId }: JobAddress): Promise<PromotionJob> {
  const job = await db.promotionJob.findFirst({ where: { id: jobId, promotionId } });
  return job ?? missingJob(db, promotionId);
}

/** Throws `not_found` for a job that is not there, or for its promotion where that is not there either. */
export async function missingJob(db: Db, promotionId: string): Promise<never> {
  const promotions = await db.promotion.count({ where: { id: promotionId } });
  throw new DomainError('not_found', promotions ? 'job not found' : 'promotion not found');
}

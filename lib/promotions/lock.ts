import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { activeStatuses } from '#lib/jobs/status';
import { lockRow } from '#lib/promotions/lock.sql';
import type { Promotion } from '#prisma/client';

/**
 * Locks the promotion until `tx` ends: meanwhile none of its jobs can start and none of its codes can be added or removed.
 * `expired` is by the database's clock. Throws `not_found`.
 */
export async function lockPromotion(tx: Db, id: string): Promise<Promotion & { expired: boolean }> {
  const locked = await lockRow(tx, id);
  const promotion = locked && (await tx.promotion.findUnique({ where: { id } }));
  if (!promotion) throw new DomainError('not_found', 'promotion not found');
  return { ...promotion, expired: locked.expired };
}

/** Throws `unprocessable` while a job of the locked promotion is active. `what` names the change that must wait. */
export async function checkNoActiveJob(tx: Db, promotionId: string, what: string): Promise<void> {
  const active = await tx.promotionJob.count({ where: { promotionId, status: { in: [...activeStatuses] } } });
  if (active) throw new DomainError('unprocessable', `A job of this promotion is still active: wait for it or cancel it, then ${what}`);
}

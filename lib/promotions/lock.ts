import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { activeStatuses } from '#lib/jobs/status';
import type { Promotion } from '#prisma/client';

/**
 * The promotion, locked until `tx` ends: no job of it can start and no code can come or go meanwhile.
 * `expired` is by the database's clock. Throws `not_found`.
 */
export async function lockPromotion(tx: Db, id: string): Promise<Promotion & { expired: boolean }> {
  const [locked] = await tx.$queryRaw<{ expired: boolean }[]>`
    select "end" <= now() as expired from promotions where id = ${id}::uuid and deleting_at is null for update`;
  const promotion = locked && (await tx.promotion.findUnique({ where: { id } }));
  if (!promotion) throw new DomainError('not_found', 'promotion not found');
  return { ...promotion, expired: locked.expired };
}

/** Refuses while a job of the (locked) promotion may still add or read codes. `what` is what has to wait. */
export async function checkNoActiveJob(tx: Db, promotionId: string, what: string): Promise<void> {
  const active = await tx.promotionJob.count({ where: { promotionId, status: { in: [...activeStatuses] } } });
  if (active) throw new DomainError('unprocessable', `A job of this promotion is still active: wait for it or cancel it, then ${what}`);
}

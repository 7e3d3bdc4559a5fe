import { findCodes } from '#lib/codes/find';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { Actor } from '#lib/users/permissions';
import type { Promotion } from '#prisma/client';

/** A promotion. Throws `not_found`. */
export async function findPromotion(db: Db, _actor: Actor, { promotionId }: { promotionId: string }): Promise<Promotion> {
  const promotion = await db.promotion.findUnique({ where: { id: promotionId } });
  if (!promotion) throw new DomainError('not_found', 'promotion not found');
  return promotion;
}

/** Some of all promotions, newest first, and how many there are; of what somebody wrote for a code, the one that owns it. */
export async function findPromotions(
  db: Db,
  _actor: Actor,
  { code, limit, offset }: { code?: string; limit: number; offset: number },
): Promise<{ rows: Promotion[]; total: number }> {
  const where = code === undefined ? {} : { id: { in: await ownersOf(db, code) } };
  const [rows, total] = await Promise.all([
    db.promotion.findMany({ where, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], take: limit, skip: offset }),
    db.promotion.count({ where }),
  ]);
  return { rows, total };
}

async function ownersOf(db: Db, code: string): Promise<string[]> {
  const codes = await findCodes(db, code);
  const owners = await db.$queryRaw<{ id: string }[]>`select promotion_id as id from promotion_codes where lower(code) = any(${codes})`;
  return owners.map(({ id }) => id);
}

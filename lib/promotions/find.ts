import { findCodes } from '#lib/codes/find/find';
import { readOwnersOfCodes } from '#lib/codes/find/find.sql';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { existing } from '#lib/promotions/deletion/existing';
import type { Actor } from '#lib/users/permissions';
import type { Promotion } from '#prisma/client';

/** A promotion. Throws `not_found`. */
export async function findPromotion(db: Db, _actor: Actor, { promotionId }: { promotionId: string }): Promise<Promotion> {
  const promotion = await db.promotion.findUnique({ where: { id: promotionId, ...existing } });
  if (!promotion) throw new DomainError('not_found', 'promotion not found');
  return promotion;
}

/** Some of all promotions, newest first, and how many there are. With `code`, the promotions that have a code that it can mean. */
export async function findPromotions(
  db: Db,
  _actor: Actor,
  { code, limit, offset }: { code?: string; limit: number; offset: number },
): Promise<{ rows: Promotion[]; total: number }> {
  const where = { ...existing, ...(code !== undefined && { id: { in: await ownersOf(db, code) } }) };
  const [rows, total] = await Promise.all([
    db.promotion.findMany({ where, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], take: limit, skip: offset }),
    db.promotion.count({ where }),
  ]);
  return { rows, total };
}

async function ownersOf(db: Db, code: string): Promise<string[]> {
  return readOwnersOfCodes(db, await findCodes(db, code));
}

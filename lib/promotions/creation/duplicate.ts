import { transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { lockPromotion } from '#lib/promotions/lock';
import { nameOfCopy } from '#lib/promotions/rules';
import { promotionLimits } from '#lib/promotions/schema';
import { type Actor, may } from '#lib/users/permissions';
import { Prisma, type Promotion } from '#prisma/client';

/**
 * Creates a copy without codes, switched off, under a name that no promotion has. A raised maximum is copied only by actors
 * who may raise it. Throws `not_found`.
 */
export function duplicatePromotion(db: Db, actor: Actor, { promotionId }: { promotionId: string }): Promise<Promotion> {
  // The original is locked, so two copies of it at once get different names.
  return transaction(db, async (tx) => copy(tx, actor, await lockPromotion(tx, promotionId)), { maxWait: 10_000 });
}

async function copy(db: Db, actor: Actor, original: Promotion): Promise<Promotion> {
  const { description, automatic, promotionType, start, end, maxApplicationsPerCart, schema, minCartValue, maxDiscountValue } = original;
  return db.promotion.create({
    data: {
      name: await freeName(db, original.name),
      description,
      automatic,
      promotionType,
      schema: schema ?? Prisma.JsonNull,
      start,
      end,
      minCartValue: minCartValue ?? Prisma.DbNull,
      maxDiscountValue: maxDiscountValue ?? Prisma.DbNull,
      maxApplicationsPerCart,
      maxCodes: may(actor.role, 'administer') ? original.maxCodes : promotionLimits.defaultMaxCodes,
      createdBy: actor.name,
      updatedBy: actor.name,
    },
  });
}

const namesAtOnce = 50;

/** The first unused name for a copy. */
async function freeName(db: Db, name: string, from = 1): Promise<string> {
  const names = Array.from({ length: namesAtOnce }, (_, i) => nameOfCopy(name, from + i));
  const taken = await db.promotion.findMany({ where: { name: { in: names } }, select: { name: true }, distinct: ['name'] });
  const free = names.find((candidate) => !taken.some(({ name }) => name === candidate));
  return free ?? freeName(db, name, from + namesAtOnce);
}

import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { nameOfCopy } from '#lib/promotions/rules';
import { promotionLimits } from '#lib/promotions/schema';
import { type Actor, may } from '#lib/users/permissions';
import { Prisma, type Promotion } from '#prisma/client';

/**
 * Makes a copy without codes and switched off. A raised maximum comes along only for those who could have
 * raised it. Throws `not_found`.
 */
export async function duplicatePromotion(db: Db, actor: Actor, { promotionId }: { promotionId: string }): Promise<Promotion> {
  const original = await db.promotion.findUnique({ where: { id: promotionId } });
  if (!original) throw new DomainError('not_found', 'promotion not found');
  const { description, automatic, promotionType, start, end, maxApplicationsPerCart, schema, minCartValue, maxDiscountValue } = original;
  return db.promotion.create({
    data: {
      name: nameOfCopy(original.name),
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

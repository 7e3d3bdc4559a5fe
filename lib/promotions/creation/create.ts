import type { Db } from '#lib/db';
import type { CreatePromotionInput } from '#lib/promotions/schema';
import type { Actor } from '#lib/users/permissions';
import { Prisma, type Promotion } from '#prisma/client';

/** Creates a promotion with a maximum of 1000 codes. */
export function createPromotion(db: Db, actor: Actor, input: CreatePromotionInput): Promise<Promotion> {
  return db.promotion.create({
    data: {
      name: input.name,
      description: input.description,
      enabled: input.enabled,
      automatic: input.automatic,
      promotionType: input.promotion_type,
      schema: input.schema,
      start: input.start,
      end: input.end,
      minCartValue: amountsColumn(input.min_cart_value ?? null),
      maxDiscountValue: amountsColumn(input.max_discount_value ?? null),
      maxApplicationsPerCart: input.max_applications_per_cart,
      createdBy: actor.name,
      updatedBy: actor.name,
    },
  });
}

type Amounts = CreatePromotionInput['min_cart_value'];

/** The stored form of a list of amounts: undefined keeps the column, null or an empty list clears it. */
export function amountsColumn(amounts: Amounts) {
  if (amounts === undefined) return undefined;
  return amounts?.length ? amounts : Prisma.DbNull;
}

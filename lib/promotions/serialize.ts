import type { Promotion } from '#prisma/client';

/** A promotion as it goes over the wire. */
export function serializePromotion(promotion: Promotion) {
  return {
    type: 'promotion',
    id: promotion.id,
    name: promotion.name,
    description: promotion.description,
    enabled: promotion.enabled,
    automatic: promotion.automatic,
    promotion_type: promotion.promotionType,
    schema: promotion.schema,
    start: promotion.start.toISOString(),
    end: promotion.end.toISOString(),
    min_cart_value: promotion.minCartValue ?? [],
    max_discount_value: promotion.maxDiscountValue ?? [],
    max_applications_per_cart: promotion.maxApplicationsPerCart,
    created_by: promotion.createdBy,
    updated_by: promotion.updatedBy,
    meta: {
      timestamps: { created_at: promotion.createdAt.toISOString(), updated_at: promotion.updatedAt.toISOString() },
      codes: { count: promotion.codeCount, maximum: promotion.maxCodes },
    },
  };
}

import { z } from 'zod';
import { PromotionType } from '#prisma/enums';

/** The columns of the table promotions that versions store. */
export const promotionColumns = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  enabled: z.boolean(),
  automatic: z.boolean(),
  promotionType: z.enum(PromotionType),
  schema: z.unknown(),
  start: z.date(),
  end: z.date(),
  minCartValue: z.unknown(),
  maxDiscountValue: z.unknown(),
  maxApplicationsPerCart: z.int().nullable(),
  maxCodes: z.int(),
  createdBy: z.string(),
  updatedBy: z.string(),
  createdAt: z.date(),
  updatedAt: z.date(),
});

export type PromotionColumns = z.output<typeof promotionColumns>;

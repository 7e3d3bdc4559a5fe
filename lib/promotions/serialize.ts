import { z } from 'zod';
import type { PromotionColumns } from '#lib/promotions/columns';
import type { Promotion } from '#prisma/client';
import { PromotionType } from '#prisma/enums';

const timestamp = z.iso.datetime();
const amounts = z.array(z.object({ amount: z.int(), currency: z.string() }));

const facts = {
  type: z.literal('promotion'),
  id: z.uuid(),
  parent_id: z.uuid().meta({ description: 'The id of the promotion, also on its earlier versions.' }),
  current: z.boolean().meta({ description: 'False on earlier versions.' }),
  name: z.string(),
  description: z.string(),
  enabled: z.boolean(),
  automatic: z.boolean(),
  promotion_type: z.enum(PromotionType),
  schema: z.unknown().meta({ type: 'object', description: 'The discount of the promotion.' }),
  start: timestamp,
  end: timestamp,
  min_cart_value: amounts,
  max_discount_value: amounts,
  max_applications_per_cart: z.int().optional().meta({ description: 'Absent and 0 are no limit.' }),
  created_by: z.string(),
  updated_by: z.string(),
};
const timestamps = z.object({ created_at: timestamp, updated_at: timestamp });

/** A promotion in the API. An absent field is left out, never null. */
export const apiPromotion = z
  .object({
    ...facts,
    meta: z.object({ timestamps, codes: z.object({ count: z.int(), maximum: z.int() }) }),
  })
  .meta({ id: 'Promotion' });

/** An earlier state of a promotion. The newest version is the promotion itself, with its id. */
export const apiVersion = z
  .object({
    ...facts,
    meta: z.object({
      timestamps,
      version: z.object({
        number: z.int().meta({ description: 'Starts at 1, the promotion as it was created.' }),
        changed: z.array(z.string()).meta({ description: 'The fields that changed from the version before, or `codes`.' }),
        codes: z
          .object({ added: z.int().optional(), removed: z.int().optional() })
          .optional()
          .meta({ description: 'The number of codes that a call added or removed.' }),
        created_by: z.string(),
        created_at: timestamp,
      }),
    }),
  })
  .meta({ id: 'PromotionVersion' });

/** The promotion for the HTTP API. */
export function serializePromotion(promotion: Promotion): z.output<typeof apiPromotion> {
  const { codeCount: count, maxCodes: maximum } = promotion;
  return { ...serializeFacts(promotion, true), meta: { timestamps: serializeTimes(promotion), codes: { count, maximum } } };
}

/** An earlier state of a promotion, with the change that led to it. */
export type Version = PromotionColumns & {
  versionId: string;
  version: number;
  current: boolean;
  fields: string[];
  /** The number of codes that a call added; negative when it removed them. */
  codes: number | null;
  changedBy: string;
  changedAt: Date;
};

/** A version of a promotion for the HTTP API. */
export function serializeVersion(version: Version): z.output<typeof apiVersion> {
  const { id, versionId, version: number, current, fields: changed, codes, changedBy, changedAt } = version;
  return {
    ...serializeFacts(version, current),
    id: current ? id : versionId,
    meta: {
      timestamps: serializeTimes(version),
      version: {
        number,
        changed,
        ...(codes !== null && { codes: codes > 0 ? { added: codes } : { removed: -codes } }),
        created_by: changedBy,
        created_at: changedAt.toISOString(),
      },
    },
  };
}

function serializeFacts(promotion: PromotionColumns, current: boolean) {
  return {
    type: 'promotion' as const,
    id: promotion.id,
    parent_id: promotion.id,
    current,
    name: promotion.name,
    description: promotion.description,
    enabled: promotion.enabled,
    automatic: promotion.automatic,
    promotion_type: promotion.promotionType,
    schema: promotion.schema,
    start: withoutEmptyFraction(promotion.start),
    end: withoutEmptyFraction(promotion.end),
    min_cart_value: amounts.parse(promotion.minCartValue ?? []),
    max_discount_value: amounts.parse(promotion.maxDiscountValue ?? []),
    ...(promotion.maxApplicationsPerCart !== null && { max_applications_per_cart: promotion.maxApplicationsPerCart }),
    created_by: promotion.createdBy,
    updated_by: promotion.updatedBy,
  };
}

function withoutEmptyFraction(moment: Date): string {
  return moment.toISOString().replace('.000Z', 'Z');
}

function serializeTimes({ createdAt, updatedAt }: PromotionColumns) {
  return { created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() };
}

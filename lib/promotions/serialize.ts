import { z } from 'zod';
import type { Promotion } from '#prisma/client';
import { PromotionType } from '#prisma/enums';

const timestamp = z.iso.datetime();
const amounts = z.array(z.object({ amount: z.int(), currency: z.string() }));

/** What of a promotion has a history. */
export type PromotionFacts = Omit<Promotion, 'codeCount' | 'jobCount'>;

const facts = {
  type: z.literal('promotion'),
  id: z.uuid(),
  name: z.string(),
  description: z.string(),
  enabled: z.boolean(),
  automatic: z.boolean(),
  promotion_type: z.enum(PromotionType),
  schema: z.unknown().meta({ type: 'object', description: 'What the promotion gives, as it was made.' }),
  start: timestamp,
  end: timestamp,
  min_cart_value: amounts,
  max_discount_value: amounts,
  max_applications_per_cart: z.int().optional().meta({ description: 'Absent is no limit.' }),
  created_by: z.string(),
  updated_by: z.string(),
};
const timestamps = z.object({ created_at: timestamp, updated_at: timestamp });

/** A promotion as the wire has it. What is absent there is absent here, never null. */
export const wirePromotion = z
  .object({
    ...facts,
    meta: z.object({ timestamps, codes: z.object({ count: z.int(), maximum: z.int() }) }),
  })
  .meta({ id: 'Promotion' });

/** A promotion as it was once. The newest version is the promotion itself, by its id. */
export const wireVersion = z
  .object({
    ...facts,
    parent_id: z.uuid().meta({ description: 'The id of the promotion.' }),
    current: z.boolean(),
    meta: z.object({
      timestamps,
      version: z.object({
        number: z.int().meta({ description: 'From 1, the promotion as it was made.' }),
        changed: z.array(z.string()).meta({ description: 'The fields that changed from the version before.' }),
        created_by: z.string(),
        created_at: timestamp,
      }),
    }),
  })
  .meta({ id: 'PromotionVersion' });

/** The promotion for the HTTP API. */
export function serializePromotion(promotion: Promotion): z.output<typeof wirePromotion> {
  const { codeCount: count, maxCodes: maximum } = promotion;
  return { ...serializeFacts(promotion), meta: { timestamps: serializeTimes(promotion), codes: { count, maximum } } };
}

/** A promotion as it was, with what is known of the change that made it so. */
export type Version = PromotionFacts & {
  versionId: string;
  version: number;
  current: boolean;
  fields: string[];
  changedBy: string;
  changedAt: Date;
};

/** A version of a promotion for the HTTP API. */
export function serializeVersion(version: Version): z.output<typeof wireVersion> {
  const { id, versionId, version: number, current, fields: changed, changedBy, changedAt } = version;
  return {
    ...serializeFacts(version),
    id: current ? id : versionId,
    parent_id: id,
    current,
    meta: {
      timestamps: serializeTimes(version),
      version: { number, changed, created_by: changedBy, created_at: changedAt.toISOString() },
    },
  };
}

function serializeFacts(promotion: PromotionFacts) {
  return {
    type: 'promotion' as const,
    id: promotion.id,
    name: promotion.name,
    description: promotion.description,
    enabled: promotion.enabled,
    automatic: promotion.automatic,
    promotion_type: promotion.promotionType,
    schema: promotion.schema,
    start: promotion.start.toISOString(),
    end: promotion.end.toISOString(),
    min_cart_value: amounts.parse(promotion.minCartValue ?? []),
    max_discount_value: amounts.parse(promotion.maxDiscountValue ?? []),
    ...(promotion.maxApplicationsPerCart !== null && { max_applications_per_cart: promotion.maxApplicationsPerCart }),
    created_by: promotion.createdBy,
    updated_by: promotion.updatedBy,
  };
}

function serializeTimes({ createdAt, updatedAt }: PromotionFacts) {
  return { created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() };
}

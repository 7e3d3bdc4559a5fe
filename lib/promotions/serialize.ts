import { z } from 'zod';
import type { Promotion } from '#prisma/client';
import { PromotionType } from '#prisma/enums';

const timestamp = z.iso.datetime();
const amounts = z.array(z.object({ amount: z.int(), currency: z.string() }));

/** What of a promotion has a history. */
export type PromotionFacts = Omit<Promotion, 'number' | 'codeCount' | 'jobCount'>;

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
  schema: z.unknown().meta({ type: 'object', description: 'What the promotion gives.' }),
  start: timestamp,
  end: timestamp,
  min_cart_value: amounts,
  max_discount_value: amounts,
  max_applications_per_cart: z.int().optional().meta({ description: 'Absent and 0 are no limit.' }),
  created_by: z.string(),
  updated_by: z.string(),
};
const timestamps = z.object({ created_at: timestamp, updated_at: timestamp });

/** A promotion as the wire has it. What is absent there is absent here, never null. */
export const apiPromotion = z
  .object({
    ...facts,
    meta: z.object({ timestamps, codes: z.object({ count: z.int(), maximum: z.int() }) }),
  })
  .meta({ id: 'Promotion' });

/** A promotion as it was once. The newest version is the promotion itself, by its id. */
export const apiVersion = z
  .object({
    ...facts,
    meta: z.object({
      timestamps,
      version: z.object({
        number: z.int().meta({ description: 'From 1, the promotion as it was made.' }),
        changed: z.array(z.string()).meta({ description: 'The fields that changed from the version before, or `codes`.' }),
        codes: z
          .object({ added: z.int().optional(), removed: z.int().optional() })
          .optional()
          .meta({ description: 'How many codes a call added or removed.' }),
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

/** A promotion as it was, with what is known of the change that made it so. */
export type Version = PromotionFacts & {
  versionId: string;
  version: number;
  current: boolean;
  fields: string[];
  /** How many codes a call added; negative where it removed them. */
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

function serializeFacts(promotion: PromotionFacts, current: boolean) {
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

function serializeTimes({ createdAt, updatedAt }: PromotionFacts) {
  return { created_at: createdAt.toISOString(), updated_at: updatedAt.toISOString() };
}

import { z } from 'zod';
import { publicId, redeemedAt } from '#lib/redemptions/key';
import type { CheckedCode } from '#lib/redemptions/refusal.sql';
import type { RedemptionRow } from '#lib/redemptions/rows.sql';
import { redemptionStatus, redemptionStatuses, refusalReasons } from '#lib/redemptions/status';
import { PromotionType } from '#prisma/enums';

const timestamp = z.iso.datetime();

/** Whether a code can be used, as the API has it. What is absent there is absent here, never null. */
export const apiCheck = z
  .object({
    type: z.literal('redemption_check'),
    usable: z.boolean(),
    reason: z.enum(refusalReasons).optional().meta({ description: 'Why the code cannot be used. Absent when it can.' }),
    uses: z.int().optional().meta({ description: 'Uses left. Absent is unlimited.' }),
    max_uses: z.int().optional().meta({ description: 'Absent is unlimited.' }),
    promotion: z
      .object({
        type: z.literal('promotion'),
        id: z.uuid(),
        name: z.string(),
        promotion_type: z.enum(PromotionType),
        schema: z.unknown().meta({ type: 'object', description: 'What the promotion gives.' }),
        start: timestamp,
        end: timestamp,
        min_cart_value: z.unknown().meta({ type: 'array', items: { type: 'object' } }),
        max_discount_value: z.unknown().meta({ type: 'array', items: { type: 'object' } }),
        max_applications_per_cart: z.int().optional().meta({ description: 'Absent and 0 are no limit.' }),
      })
      .optional()
      .meta({ description: 'Absent when no promotion has the code.' }),
  })
  .meta({ id: 'RedemptionCheck' });

/** The check for the HTTP API. */
export function serializeCheck({ reason, usesLeft, maxUses, promotion }: CheckedCode): z.output<typeof apiCheck> {
  return {
    type: 'redemption_check',
    usable: reason === null,
    ...(reason !== null && { reason }),
    ...(usesLeft !== null && { uses: usesLeft }),
    ...(maxUses !== null && { max_uses: maxUses }),
    ...(promotion && {
      promotion: {
        type: 'promotion',
        id: promotion.id,
        name: promotion.name,
        promotion_type: promotion.promotionType,
        schema: promotion.schema,
        start: promotion.start.toISOString(),
        end: promotion.end.toISOString(),
        min_cart_value: promotion.minCartValue ?? [],
        max_discount_value: promotion.maxDiscountValue ?? [],
        ...(promotion.maxApplicationsPerCart !== null && { max_applications_per_cart: promotion.maxApplicationsPerCart }),
      },
    }),
  };
}

/** A redemption, as the API has it. */
export const apiRedemption = z
  .object({
    type: z.literal('redemption'),
    id: z.uuid(),
    status: z.enum(redemptionStatuses),
    codes: z.array(
      z.object({
        code: z.string(),
        promotion_id: z.uuid(),
        usage_id: z.uuid(),
        quantity: z.int().meta({ description: 'Uses taken.' }),
        returned: z.int().meta({ description: 'How many of them were given back.' }),
      }),
    ),
    order: z.string().optional(),
    customer: z.string().optional(),
    held_until: timestamp.optional().meta({ description: 'When an unconfirmed redemption gives its uses back. Only while it is held.' }),
    meta: z.object({ timestamps: z.object({ created_at: timestamp, updated_at: timestamp }) }),
  })
  .meta({ id: 'Redemption' });

/** The redemption of these rows for the HTTP API. */
export function serializeRedemption(rows: readonly RedemptionRow[]): z.output<typeof apiRedemption> {
  const [first] = rows;
  if (!first) throw new Error('a redemption has at least one code');
  return {
    type: 'redemption',
    id: publicId(first),
    status: redemptionStatus(rows),
    codes: rows.map((row) => ({
      code: row.code,
      promotion_id: row.promotionId,
      usage_id: publicId(row),
      quantity: row.quantity,
      returned: row.returned,
    })),
    ...(first.order !== null && { order: first.order }),
    ...(first.customer !== null && { customer: first.customer }),
    ...(first.heldUntil && { held_until: first.heldUntil.toISOString() }),
    meta: {
      timestamps: {
        created_at: redeemedAt(first.id).toISOString(),
        updated_at: new Date(Math.max(...rows.map((row) => Number(updatedAt(row))))).toISOString(),
      },
    },
  };
}

const updatedAt = ({ id, updatedAt }: RedemptionRow) => updatedAt ?? redeemedAt(id);

/** The uses of one code in one redemption, in the vendor's shape. */
export const apiUsage = z
  .object({
    id: z.uuid(),
    order_id: z.string().optional(),
    code_id: z.string(),
    code: z.string(),
    times_used: z.int().meta({ description: 'Uses that were taken and not given back.' }),
    used_on: timestamp,
    customer_id: z.string().optional(),
    meta: z.object({ timestamps: z.object({ updated_at: timestamp }) }),
    updated_by: z.string().optional(),
    anonymized: z.boolean(),
  })
  .meta({ id: 'PromotionUsage' });

/** The usage for the HTTP API. */
export function serializeUsage(row: RedemptionRow): z.output<typeof apiUsage> {
  return {
    id: publicId(row),
    ...(row.order !== null && { order_id: row.order }),
    code_id: String(row.codeId),
    code: row.code,
    times_used: row.quantity - row.returned,
    used_on: redeemedAt(row.id).toISOString(),
    ...(row.customer !== null && { customer_id: row.customer }),
    meta: { timestamps: { updated_at: updatedAt(row).toISOString() } },
    ...(row.updatedBy !== null && { updated_by: row.updatedBy }),
    anonymized: row.anonymized,
  };
}

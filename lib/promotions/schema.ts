import { z } from 'zod';
import { limitsInWords } from '#lib/input/numbers';
import { nullsLeftOut, resourceType } from '#lib/input/resource';
import { lineOfText, linesOfText } from '#lib/input/text';
import { unionIssues } from '#lib/input/union-issues';
import { wholeNumberWithin } from '#lib/input/whole-number';
import { amounts, anyDiscount, discounts } from '#lib/promotions/discounts';
import { promotionStatuses } from '#lib/promotions/status';
import { PromotionType } from '#prisma/enums';

/** The limits of a promotion. */
export const promotionLimits = {
  nameLength: 255,
  descriptionLength: 2000,
  applicationsPerCart: { min: 1, max: 2_147_483_647 },
  /** The default maximum of codes. With a higher maximum a promotion must end within {@link daysAboveDefault}. */
  defaultMaxCodes: 1000,
  daysAboveDefault: 365,
  maxCodes: 100_000_000,
  /** A promotion with more codes is deleted by a job, because one transaction would take too long. */
  codesDeletedAtOnce: 10_000,
  pageSize: 25,
  years: { first: 1970, last: 9999 },
} as const;

const { applicationsPerCart, descriptionLength, nameLength, years } = promotionLimits;

const momentText = 'Enter a date such as 2026-12-31, or a date and time such as 2026-12-31T18:00:00Z';

const looseForm = /^(?<date>\d{4}-\d{2}-\d{2})[T ](?<time>\d{2}:\d{2})(?<seconds>:\d{2}(?:\.\d+)?)?(?<zone>Z|[+-]\d{2}:\d{2})?$/;

/** The form in the vendor's documentation: `2000-01-01 12:00`, optionally with seconds and a zone; UTC without a zone. */
const looseDateTime = z
  .string()
  .regex(looseForm)
  .transform((text) => {
    const { date, time, seconds = ':00', zone = 'Z' } = looseForm.exec(text)?.groups ?? {};
    return `${date}T${time}${seconds}${zone}`;
  })
  .pipe(z.iso.datetime({ offset: true }));

/** A date, read as its beginning in UTC, or a date and time. */
export const moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true }), looseDateTime], { error: momentText })
  .transform((text) => new Date(text))
  .refine((date) => date.getUTCFullYear() >= years.first && date.getUTCFullYear() <= years.last, {
    error: `Enter a year from ${years.first} to ${years.last}`,
  });

const applicationsText = limitsInWords(applicationsPerCart);
const trueOrFalse = z.boolean({ error: 'Choose true or false' });
const details = {
  type: resourceType('promotion'),
  name: lineOfText(nameLength).min(1, 'Enter a name'),
  description: linesOfText(descriptionLength),
  enabled: trueOrFalse,
  start: moment,
  end: moment,
  min_cart_value: amounts.nullish(),
  max_discount_value: amounts.nullish(),
  max_applications_per_cart: z
    .int({ error: applicationsText })
    .min(0, applicationsText)
    .max(applicationsPerCart.max, applicationsText)
    .meta({ description: 'Absent and 0 are no limit.' })
    .nullish(),
};

const base = z.object({
  ...details,
  description: details.description.default(''),
  enabled: details.enabled.default(false),
  automatic: trueOrFalse.default(false),
});

/** Checks the order of both dates, if both are present. */
const endsAfterStart = {
  path: ['end'],
  error: 'Enter an end after the start',
  when: ({ value }: { value: unknown }) =>
    value instanceof Object && 'start' in value && 'end' in value && value.start instanceof Date && value.end instanceof Date,
};

/** The objects of a promotion in which null counts as an absent field. */
const innerObjects = ['schema', 'exclude'];

/** The input that creates a promotion, for the form, the action and the API. Unknown fields are dropped. */
export const createPromotionInput = nullsLeftOut(
  unionIssues(
    z.discriminatedUnion(
      'promotion_type',
      [
        base.extend({ promotion_type: z.literal('fixed_discount'), schema: discounts.fixed_discount }),
        base.extend({ promotion_type: z.literal('percent_discount'), schema: discounts.percent_discount }),
        base.extend({ promotion_type: z.literal('item_fixed_discount'), schema: discounts.item_fixed_discount }),
        base.extend({ promotion_type: z.literal('item_percent_discount'), schema: discounts.item_percent_discount }),
        base.extend({ promotion_type: z.literal('x_for_y'), schema: discounts.x_for_y }),
        base.extend({ promotion_type: z.literal('x_for_amount'), schema: discounts.x_for_amount }),
        base.extend({ promotion_type: z.literal('bundle_fixed_discount'), schema: discounts.bundle_fixed_discount }),
        base.extend({ promotion_type: z.literal('bundle_gift'), schema: discounts.bundle_gift }),
      ],
      { error: `Choose one of ${Object.values(PromotionType).join(', ')}` },
    ),
    base.extend({ schema: anyDiscount }),
  ).refine(({ start, end }) => end > start, endsAfterStart),
  innerObjects,
).meta({ id: 'CreatePromotion' });

export type CreatePromotionInput = z.output<typeof createPromotionInput>;
/** The input before parsing, without defaults. */
export type CreatePromotionFields = z.input<typeof createPromotionInput>;

const changes = z
  .object({
    ...details,
    id: z.string({ error: 'Enter the id of this promotion, or leave it out' }),
    promotion_type: z.enum(PromotionType),
    schema: z.unknown(),
    automatic: trueOrFalse,
  })
  .partial();

/**
 * Changes of a promotion: only the given fields change. `id` and `promotion_type` are allowed with their current values, because
 * clients send back the promotion that they received.
 */
export const promotionChanges = nullsLeftOut(changes, innerObjects).meta({ id: 'UpdatePromotion' });

export const promotionReference = z.object({ promotionId: z.uuid() });

const amountsAsRead = z.array(z.object({ amount: z.int(), currency: z.string() }));

/** The fields as the user saw them before the change, and the number of codes that a new end deletes. Compared, never stored. */
const promotionAsRead = z
  .object({
    name: z.string(),
    description: z.string(),
    schema: z.unknown(),
    start: moment,
    end: moment,
    min_cart_value: amountsAsRead,
    max_discount_value: amountsAsRead,
    max_applications_per_cart: z.int().nullable(),
    code_count: z.int(),
  })
  .partial();

/** The same input for a form, where `null` clears a limit. */
export const updatePromotionInput = changes.extend({ ...promotionReference.shape, read: promotionAsRead.optional() });
export type UpdatePromotionInput = z.output<typeof updatePromotionInput>;
export type UpdatePromotionFields = z.input<typeof updatePromotionInput>;

/** `code_count` is the number of codes that the actor was shown; when it has changed, nothing is deleted. */
export const deletePromotionInput = promotionReference.extend({ code_count: z.int().optional() });
export type DeletePromotionInput = z.output<typeof deletePromotionInput>;

/** The result of a deletion: done at once, or started as the job `job_id`. */
export type DeletedPromotion = { name: string; codes: number } & ({ job_id: string } | { job_id: null; files_left: number });

export const setMaxCodesInput = promotionReference.extend({
  max_codes: wholeNumberWithin({ min: 1, max: promotionLimits.maxCodes }),
  /** The maximum as the user saw it. */
  read: z.object({ max_codes: z.int() }).optional(),
});
export type SetMaxCodesInput = z.output<typeof setMaxCodesInput>;

/** The filters of the list in its address. Invalid values count as absent. */
export const promotionListInput = z.object({
  search: lineOfText(nameLength).catch(''),
  status: z.enum([...promotionStatuses, 'all']).catch('all'),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});
export type PromotionListInput = z.output<typeof promotionListInput>;

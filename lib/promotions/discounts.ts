import { z } from 'zod';
import { currencies, type Money } from '#lib/format/money';
import { formatNumber } from '#lib/format/number';
import { limitsInWords } from '#lib/input/numbers';
import { lineOfText } from '#lib/input/text';
import { wholeNumberWithin } from '#lib/input/whole-number';
import type { PromotionType } from '#prisma/enums';

/** The limits of a discount. */
export const discountLimits = {
  percent: { min: 0, max: 100, decimals: 6, unit: '%' },
  skuLength: 255,
  targets: 1000,
  quantity: { min: 1, max: 1_000_000 },
  /** In the currency's smallest unit. */
  amount: { min: 0, max: Number.MAX_SAFE_INTEGER },
  conditions: { bytes: 16_384, depth: 12 },
} as const;

const { percent: percentLimits, skuLength } = discountLimits;

const sku = lineOfText(skuLength).min(1, 'Enter the SKU of an item');
const listOfNames = z
  .array(sku, { error: 'Enter a list' })
  .max(discountLimits.targets, `Enter at most ${formatNumber(discountLimits.targets)}`)
  .transform((names) => [...new Set(names)]);

/** An attribute of products with a template, as the shop's catalog names it. */
const attribute = z
  .object(
    {
      template: sku,
      field: sku,
      type: z.enum(['string', 'boolean', 'integer', 'float', 'date'], { error: 'Choose string, boolean, integer, float or date' }),
      value: z.union([lineOfText(skuLength), z.number(), z.boolean()], { error: 'Enter a text, a number, true or false' }),
    },
    { error: 'Enter an object with template, field, type and value' },
  )
  .meta({ id: 'ProductAttribute' });
const attributes = z
  .array(attribute, { error: 'Enter a list of attributes' })
  .max(discountLimits.targets, `Enter at most ${formatNumber(discountLimits.targets)}`);

const currency = z
  .string({ error: 'Choose a currency' })
  .regex(/^[A-Z]{3}$/, 'Enter a currency as three capital letters, such as EUR')
  .refine((code) => currencies.includes(code), 'Enter a currency that there is, such as EUR')
  .meta({ description: 'A code of ISO 4217.', examples: ['EUR', 'JPY', 'USD'] });
const amountText = `${limitsInWords(discountLimits.amount)}, in the currency's smallest unit`;
const amount = z.int({ error: ({ input }) => (input === null || input === undefined ? 'Enter an amount' : amountText) }).min(0, amountText);
const percentText = limitsInWords(percentLimits);

/** Stored unchanged, number or text: the API returns what the client sent. */
const percent = z
  .union([z.number(), z.string()], { error: percentText })
  .refine((value) => /^\d{1,3}(\.\d{1,6})?$/.test(String(value)) && Number(value) <= percentLimits.max, percentText);

const quantity = wholeNumberWithin(discountLimits.quantity);

const anAmount = 'Enter an amount and its currency';
const oncePerCurrency = <T extends { currency: typeof currency }>(shape: T) =>
  z
    .array(z.object(shape, { error: anAmount }), { error: anAmount })
    .refine((list) => new Set(list.map((entry) => Object(entry).currency)).size === list.length, 'Enter each currency once');

/** Amounts in some currencies, each in the currency's smallest unit. May be empty. */
export const amounts = oncePerCurrency({ amount, currency });
const atLeastOne = 'Enter at least one currency';
const someAmounts = amounts.min(1, atLeastOne);
const somePercentages = oncePerCurrency({ percentage: percent, currency }).min(1, atLeastOne);

/** Rules of a shop that Promint stores and returns without interpreting them. They are limited in size and storable. */
const conditions = z.custom<z.core.util.JSONType>(
  isStorable,
  `Enter an object or a list of at most ${formatNumber(discountLimits.conditions.bytes)} bytes, nested at most ${discountLimits.conditions.depth} deep`,
);

function isStorable(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || depthExceeds(value, discountLimits.conditions.depth)) return false;
  const text = JSON.stringify(value);
  // PostgreSQL stores neither NUL nor a lone surrogate in jsonb.
  return text.length <= discountLimits.conditions.bytes && !/\\u(0000|d[89a-f][0-9a-f]{2})/i.test(text);
}

function depthExceeds(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((inner) => depthExceeds(inner, depth - 1));
}

const common = {
  target_catalogs: listOfNames.optional(),
  exclude: z
    .object(
      {
        targets: listOfNames.optional(),
        nodes: listOfNames.optional(),
        attributes: attributes.optional(),
        conditions: conditions.optional(),
      },
      { error: 'Enter an object with any of targets, nodes, attributes, conditions' },
    )
    .optional(),
};

const targets = z.union([z.literal('all'), listOfNames], { error: 'Enter a list of SKUs, or all' });
const itemTargets = {
  targets: targets.default([]),
  target_nodes: listOfNames.optional(),
  target_attributes: attributes.optional(),
  target_conditions: conditions.optional(),
};

type Targeted = { targets: string | readonly string[]; target_nodes?: unknown; target_attributes?: unknown; target_conditions?: unknown };
const item = { ...common, ...itemTargets };
/** The issue of a value without items, whatever other issues it has. */
const noItems = {
  path: ['targets'],
  error: 'Enter at least one SKU, or choose all items',
  when: ({ value }: { value: unknown }) => value instanceof Object && 'targets' in value && Array.isArray(value.targets),
};

function namesItems({ targets, target_nodes, target_attributes, target_conditions }: Targeted): boolean {
  return targets.length > 0 || [target_nodes, target_attributes, target_conditions].some((names) => names !== undefined);
}

const bundleTargets = listOfNames.refine((names) => names.length > 0, 'Enter at least one SKU');
const bundle = z
  .array(z.object({ targets: bundleTargets, quantity }, { error: 'Enter targets and a quantity' }), { error: 'Enter at least one item' })
  .min(1, 'Enter at least one item')
  .max(discountLimits.targets, `Enter at most ${formatNumber(discountLimits.targets)} items`);

/** Gifts of a bundle: one of each item, or a quantity of some items. */
const gifts = z.union([bundleTargets, bundle], { error: 'Enter at least one SKU' });

const gives = <T extends z.core.$ZodShape>(shape: T) => z.object(shape, { error: 'Enter an object with what the promotion type needs' });

/** The checks for a `schema` of an unknown promotion type. */
export const anyDiscount = gives({});

/** The `schema` of each promotion type, with the field names of the API. Unknown fields are dropped. */
export const discounts = {
  fixed_discount: gives({ ...common, currencies: someAmounts }).meta({ id: 'FixedDiscount' }),
  percent_discount: gives({ ...common, currencies: somePercentages }).meta({ id: 'PercentDiscount' }),
  item_fixed_discount: gives({ ...item, currencies: someAmounts })
    .refine(namesItems, noItems)
    .meta({ id: 'ItemFixedDiscount' }),
  item_percent_discount: gives({ ...item, percent })
    .refine(namesItems, noItems)
    .meta({ id: 'ItemPercentDiscount' }),
  x_for_y: gives({ ...item, x: quantity, y: quantity })
    .refine(namesItems, noItems)
    .refine(({ x, y }) => y < x, {
      path: ['y'],
      error: 'Enter fewer items than have to be bought',
    })
    .meta({ id: 'XForY' }),
  x_for_amount: gives({ ...item, x: quantity, currencies: someAmounts })
    .refine(namesItems, noItems)
    .meta({ id: 'XForAmount' }),
  bundle_fixed_discount: gives({ ...common, requirements: bundle, currencies: someAmounts }).meta({ id: 'BundleFixedDiscount' }),
  bundle_gift: gives({
    ...common,
    requirements: bundle,
    gifts,
    auto_add_free_gift: z.boolean({ error: 'Choose true or false' }).optional(),
  }).meta({ id: 'BundleGift' }),
};

const discount = z.discriminatedUnion('type', [
  z.object({ type: z.literal('fixed_discount'), schema: discounts.fixed_discount }),
  z.object({ type: z.literal('percent_discount'), schema: discounts.percent_discount }),
  z.object({ type: z.literal('item_fixed_discount'), schema: discounts.item_fixed_discount }),
  z.object({ type: z.literal('item_percent_discount'), schema: discounts.item_percent_discount }),
  z.object({ type: z.literal('x_for_y'), schema: discounts.x_for_y }),
  z.object({ type: z.literal('x_for_amount'), schema: discounts.x_for_amount }),
  z.object({ type: z.literal('bundle_fixed_discount'), schema: discounts.bundle_fixed_discount }),
  z.object({ type: z.literal('bundle_gift'), schema: discounts.bundle_gift }),
]);

/** A promotion type with the `schema` that belongs to it. */
export type Discount = z.output<typeof discount>;

/** The discount in a promotion's columns, or null for a form of another version of Promint. */
export function readDiscount(type: PromotionType, schema: unknown): Discount | null {
  return discount.safeParse({ type, schema }).data ?? null;
}

/** The currencies of a discount; none for a percentage off items. */
export function currenciesOf(type: PromotionType, schema: unknown): string[] {
  const discount = readDiscount(type, schema);
  return discount && 'currencies' in discount.schema ? discount.schema.currencies.map(({ currency }) => currency) : [];
}

const storedAmounts = z.array(z.object({ amount: z.int(), currency: z.string() }));

/** The amounts in a column, also in withdrawn currencies; empty for null. */
export function readAmounts(column: unknown): Money[] {
  return column === null ? [] : storedAmounts.parse(column);
}

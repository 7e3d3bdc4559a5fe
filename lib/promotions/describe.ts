import { formatMoney, type Money } from '#lib/format/money';
import { formatCount, formatNumber } from '#lib/format/number';
import { type Discount, readAmounts, readDiscount } from '#lib/promotions/discounts';
import type { PromotionType } from '#prisma/enums';

/** The label of each promotion type. */
export const promotionTypeNames = {
  fixed_discount: 'Amount off the cart',
  percent_discount: 'Percentage off the cart',
  item_fixed_discount: 'Amount off items',
  item_percent_discount: 'Percentage off items',
  x_for_y: 'X for the price of Y',
  x_for_amount: 'X for an amount',
  bundle_fixed_discount: 'Amount off a bundle',
  bundle_gift: 'Gift with a bundle',
} as const satisfies Record<PromotionType, string>;

/** Describes the discount of a promotion: `10% off the cart`. */
export function describeDiscount(type: PromotionType, schema: unknown): string {
  const discount = readDiscount(type, schema);
  return discount ? inWords(discount) : promotionTypeNames[type];
}

function inWords(discount: Discount): string {
  switch (discount.type) {
    case 'fixed_discount':
      return `${moneyList(discount.schema.currencies)} off the cart`;
    case 'percent_discount':
      return `${percentages(discount.schema.currencies)} off the cart`;
    case 'item_fixed_discount':
      return `${moneyList(discount.schema.currencies)} off ${items(discount.schema)}`;
    case 'item_percent_discount':
      return `${percent(discount.schema.percent)} off ${items(discount.schema)}`;
    case 'x_for_y':
      return `${discount.schema.x} for ${discount.schema.y} on ${items(discount.schema)}`;
    case 'x_for_amount':
      return `${discount.schema.x} for ${moneyList(discount.schema.currencies)} on ${items(discount.schema)}`;
    case 'bundle_fixed_discount':
      return `${moneyList(discount.schema.currencies)} off a bundle of ${formatCount(quantity(discount.schema.requirements), 'item')}`;
    case 'bundle_gift':
      return `${formatCount(quantity(asBundle(discount.schema.gifts)), 'item')} free with ${quantity(discount.schema.requirements)} bought`;
  }
}

export type Line = { term: string; text: string };

/** Describes each part of a promotion's `schema`, as terms and values. */
export function discountLines(type: PromotionType, stored: unknown): Line[] {
  const discount = readDiscount(type, stored);
  if (!discount) return [{ term: 'Discount type', text: promotionTypeNames[type] }];
  const { schema } = discount;
  const lines: (Line | false)[] = [
    { term: 'Discount type', text: promotionTypeNames[type] },
    { term: 'Discount', text: inWords(discount) },
    'targets' in schema && { term: 'Items', text: schema.targets === 'all' ? 'All items' : names(schema.targets) },
    'target_nodes' in schema && { term: 'Catalog nodes', text: names(schema.target_nodes) },
    'target_attributes' in schema && { term: 'Attributes', text: attributes(schema.target_attributes) },
    'target_conditions' in schema && { term: 'Conditions', text: JSON.stringify(schema.target_conditions) },
    'requirements' in schema && { term: 'Required items', text: bundle(schema.requirements) },
    'gifts' in schema && { term: 'Gifts', text: bundle(asBundle(schema.gifts)) },
    'auto_add_free_gift' in schema && { term: 'Gift is added automatically', text: schema.auto_add_free_gift ? 'Yes' : 'No' },
    { term: 'Catalogs', text: names(schema.target_catalogs) },
    { term: 'Excluded items', text: names(schema.exclude?.targets) },
    { term: 'Excluded catalog nodes', text: names(schema.exclude?.nodes) },
    { term: 'Excluded attributes', text: attributes(schema.exclude?.attributes) },
    { term: 'Excluded conditions', text: schema.exclude?.conditions ? JSON.stringify(schema.exclude.conditions) : '' },
  ];
  return lines.filter((line) => line !== false).filter(({ text }) => text !== '');
}

/** Describes the limits of a promotion, as terms and values. */
export function limitLines(row: { minCartValue: unknown; maxDiscountValue: unknown; maxApplicationsPerCart: number | null }): Line[] {
  const lines = [
    { term: 'Minimum cart value', text: moneyList(readAmounts(row.minCartValue)) },
    { term: 'Maximum discount', text: moneyList(readAmounts(row.maxDiscountValue)) },
    { term: 'Uses per cart', text: row.maxApplicationsPerCart ? formatNumber(row.maxApplicationsPerCart) : '' },
  ];
  return lines.filter(({ text }) => text !== '');
}

/** Joins amounts in several currencies. */
function moneyList(amounts: readonly Money[]): string {
  return amounts.map(formatMoney).join(' or ');
}

function percentages(list: readonly { percentage: string | number; currency: string }[]): string {
  const different = new Set(list.map(({ percentage }) => Number(percentage)));
  if (different.size === 1) return percent([...different][0] ?? 0);
  return list.map(({ percentage, currency }) => `${percent(percentage)} (${currency})`).join(' or ');
}

function percent(value: string | number): string {
  return `${Number(value)}%`;
}

function items({ targets }: { targets: string | readonly string[] }): string {
  if (targets === 'all') return 'all items';
  return targets.length === 0 ? 'some items' : formatCount(targets.length, 'item');
}

function names(list: readonly string[] | undefined): string {
  return list?.join(', ') ?? '';
}

type Attributes = readonly { template: string; field: string; value: string | number | boolean }[];

function attributes(list: Attributes | undefined): string {
  return list?.map(({ template, field, value }) => `${template}.${field} is ${value}`).join(', ') ?? '';
}

type Bundle = readonly { targets: readonly string[]; quantity: number }[];

function quantity(parts: Bundle): number {
  return parts.reduce((sum, part) => sum + part.quantity, 0);
}

function asBundle(gifts: readonly string[] | Bundle): Bundle {
  return gifts.map((gift) => (typeof gift === 'string' ? { targets: [gift], quantity: 1 } : gift));
}

function bundle(parts: Bundle): string {
  return parts.map(({ targets, quantity }) => `${quantity} × ${targets.join(' or ')}`).join(', ');
}

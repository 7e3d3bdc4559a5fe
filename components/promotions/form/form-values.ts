import { z } from 'zod';
import { discounts, readDiscount } from '#lib/promotions/discounts';
import type { PromotionView } from '#lib/promotions/query';
import { createPromotionInput, updatePromotionInput } from '#lib/promotions/schema';
import type { PromotionType } from '#prisma/enums';

/** A row of a list with one entry per currency. An amount is in the smallest unit of its currency, or text that is not an amount. */
export type CurrencyRow = { amount: number | string | null; percentage: number | string; currency: string };

/**
 * The values of a promotion form, in the names of the API. `schema` has the fields of all discount types that the forms
 * offer, so that switching the type loses no input; validation keeps those of the chosen type. When a promotion is edited,
 * it also has the fields that only the API can set, so that saving keeps them.
 */
export type PromotionFormValues = {
  name: string;
  description: string;
  enabled: boolean;
  automatic: boolean;
  promotion_type: PromotionType;
  schema: { currencies: CurrencyRow[]; targets: 'all' | string[]; percent: number | string };
  start: string;
  end: string;
  min_cart_value: CurrencyRow[];
  max_discount_value: CurrencyRow[];
  max_applications_per_cart: number | string;
};

/** Returns an empty row for a currency. */
export function emptyRow(currency: string): CurrencyRow {
  return { amount: null, percentage: '', currency };
}

function row(values: Partial<CurrencyRow> & { currency: string }): CurrencyRow {
  return { ...emptyRow(values.currency), ...values };
}

/** Returns the values of the edit form for a stored promotion. */
export function promotionFormValues(promotion: PromotionView): PromotionFormValues {
  return {
    name: promotion.name,
    description: promotion.description,
    enabled: promotion.enabled,
    automatic: promotion.automatic,
    promotion_type: promotion.promotionType,
    schema: schemaValues(promotion),
    start: promotion.start.toISOString(),
    end: promotion.end.toISOString(),
    min_cart_value: promotion.minCartValue.map(row),
    max_discount_value: promotion.maxDiscountValue.map(row),
    max_applications_per_cart: promotion.maxApplicationsPerCart ?? '',
  };
}

function schemaValues({ promotionType, schema, currencies }: PromotionView): PromotionFormValues['schema'] {
  const empty = { currencies: currencies.map(emptyRow), targets: 'all', percent: '' } as const;
  const discount = readDiscount(promotionType, schema);
  switch (discount?.type) {
    case 'fixed_discount':
    case 'percent_discount':
      return { ...empty, ...discount.schema, currencies: discount.schema.currencies.map(row) };
    case 'item_percent_discount':
      return { ...empty, ...discount.schema };
    default:
      return empty;
  }
}

const typesInForms: readonly PromotionType[] = ['fixed_discount', 'percent_discount', 'item_percent_discount'];

/** Returns whether the forms can change the discount of a promotion. The API can change all types. */
export function hasDiscountFields({ promotionType, schema }: PromotionView): boolean {
  return typesInForms.includes(promotionType) && readDiscount(promotionType, schema) !== null;
}

function withoutEmpty(values: PromotionFormValues) {
  return { ...values, max_applications_per_cart: values.max_applications_per_cart === '' ? null : values.max_applications_per_cart };
}

export const newPromotionForm = z.preprocess(withoutEmpty, createPromotionInput);

/** Validates the edit form. The discount is left out if the form has no fields for it. */
export function editPromotionForm(promotion: PromotionView) {
  const schema = hasDiscountFields(promotion) ? discounts[promotion.promotionType] : z.undefined();
  return z.preprocess(
    (values: PromotionFormValues) => {
      const { promotion_type: _type, schema, ...changes } = withoutEmpty(values);
      return { ...changes, ...(hasDiscountFields(promotion) && { schema }), promotionId: promotion.id };
    },
    updatePromotionInput.extend({ schema: schema.optional() }),
  );
}

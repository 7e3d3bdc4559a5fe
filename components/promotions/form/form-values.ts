import { z } from 'zod';
import { createPromotionInput, updatePromotionInput } from '#lib/promotions/schema';

/** A row of the form's lists per currency. An amount is of the currency's smallest unit, or a text that is no amount. */
export type CurrencyRow = { amount: number | string | null; percentage: number | string; currency: string };

/**
 * What the form holds, under the names of the wire. `schema` has the fields of all kinds that can be made here,
 * so that changing one's mind loses nothing; each kind takes its own.
 */
export type PromotionFormValues = {
  name: string;
  description: string;
  enabled: boolean;
  automatic: boolean;
  promotion_type: 'fixed_discount' | 'percent_discount' | 'item_percent_discount';
  schema: { currencies: CurrencyRow[]; targets: 'all' | string[]; percent: number | string };
  start: string;
  end: string;
  min_cart_value: CurrencyRow[];
  max_discount_value: CurrencyRow[];
  max_applications_per_cart: number | string;
};

/** An empty row; most shops have one currency, and go on with the one they used last. */
export function emptyRow(currency: string): CurrencyRow {
  return { amount: null, percentage: '', currency };
}

function withoutEmpty(values: PromotionFormValues) {
  return { ...values, max_applications_per_cart: values.max_applications_per_cart === '' ? null : values.max_applications_per_cart };
}

export const newPromotionForm = z.preprocess(withoutEmpty, createPromotionInput);

/** What can change is sent; what cannot stays out. */
export const editPromotionForm = (promotionId: string) =>
  z.preprocess((values: PromotionFormValues) => {
    const { promotion_type: _type, schema: _schema, automatic: _automatic, ...changes } = withoutEmpty(values);
    return { ...changes, promotionId };
  }, updatePromotionInput);

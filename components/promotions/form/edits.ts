import { hashKey } from '@tanstack/react-query';
import type { CurrencyRow, PromotionFormValues } from '#components/promotions/form/form-values.ts';
import { readDiscount } from '#lib/promotions/discounts';

/** The fields that can change after creation, in the names of the API. */
export const editableFields = [
  'name',
  'description',
  'enabled',
  'automatic',
  'schema',
  'start',
  'end',
  'min_cart_value',
  'max_discount_value',
  'max_applications_per_cart',
] as const satisfies readonly (keyof PromotionFormValues)[];

export type EditableField = (typeof editableFields)[number];

/** Returns whether two values of a field are equal. The order of properties does not matter. */
export function sameValue(a: unknown, b: unknown): boolean {
  return hashKey([a]) === hashKey([b]);
}

/** Returns the fields that the user has changed since they were read. */
export function touchedFields(read: PromotionFormValues, typed: PromotionFormValues): EditableField[] {
  return editableFields.filter((field) => !sameValue(read[field], typed[field]));
}

/**
 * Returns the values that count as read after a refresh: the stored values, except for the fields that the user is changing
 * to another value. Those keep their earlier read value, so that a change by another user is noticed.
 */
export function readAfterRefresh(read: PromotionFormValues, typed: PromotionFormValues, stored: PromotionFormValues): PromotionFormValues {
  const editing = touchedFields(read, typed).filter((field) => !sameValue(typed[field], stored[field]));
  return { ...stored, ...pick(read, editing) };
}

/** Returns whether another user has changed a field, since it was read, to a value that differs from the typed one. */
export function isInConflict(
  field: EditableField,
  { read, typed, stored }: Record<'read' | 'typed' | 'stored', Pick<PromotionFormValues, EditableField>>,
): boolean {
  return !sameValue(stored[field], read[field]) && !sameValue(stored[field], typed[field]);
}

/** Returns the read values in the form in which the server compares them and the history describes them. */
export function asRead(values: PromotionFormValues) {
  const { name, description, enabled, automatic, promotion_type, start, end, max_applications_per_cart: times } = values;
  const amounts = (rows: CurrencyRow[]) =>
    rows.flatMap(({ amount, currency }) => (typeof amount === 'number' ? [{ amount, currency }] : []));
  return {
    name,
    description,
    enabled,
    automatic,
    promotion_type,
    schema: readDiscount(promotion_type, values.schema)?.schema,
    start,
    end,
    min_cart_value: amounts(values.min_cart_value),
    max_discount_value: amounts(values.max_discount_value),
    max_applications_per_cart: typeof times === 'number' ? times : null,
  };
}

/** Returns an object with only the properties `keys`. */
export function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
}

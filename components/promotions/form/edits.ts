import { hashKey } from '@tanstack/react-query';
import type { CurrencyRow, PromotionFormValues } from '#components/promotions/form/form-values.ts';

/** The fields that can change after creation, under the names of the wire. */
export const editableFields = [
  'name',
  'description',
  'enabled',
  'start',
  'end',
  'min_cart_value',
  'max_discount_value',
  'max_applications_per_cart',
] as const satisfies readonly (keyof PromotionFormValues)[];

export type EditableField = (typeof editableFields)[number];

/** Whether two values of a field are the same, whatever the order of their properties. */
export function sameValue(a: unknown, b: unknown): boolean {
  return hashKey([a]) === hashKey([b]);
}

/** The fields that a person has changed since they were read. */
export function touchedFields(read: PromotionFormValues, typed: PromotionFormValues): EditableField[] {
  return editableFields.filter((field) => !sameValue(read[field], typed[field]));
}

/**
 * What counts as read once newer values have come from the server: those, but for the fields that a person is changing to another value.
 * What was read of these stays what it was, so that a change by somebody else is noticed.
 */
export function readAfterRefresh(read: PromotionFormValues, typed: PromotionFormValues, stored: PromotionFormValues): PromotionFormValues {
  const editing = touchedFields(read, typed).filter((field) => !sameValue(typed[field], stored[field]));
  return { ...stored, ...pick(read, editing) };
}

/** Whether a field was changed here and, since it was read, by somebody else to another value. */
export function isInConflict(
  field: EditableField,
  { read, typed, stored }: Record<'read' | 'typed' | 'stored', Pick<PromotionFormValues, EditableField>>,
): boolean {
  return !sameValue(stored[field], read[field]) && !sameValue(stored[field], typed[field]);
}

/** Fields as they were read, in the form in which the server compares them. */
export function asRead(values: PromotionFormValues) {
  const { name, description, enabled, start, end, max_applications_per_cart: times } = values;
  const amounts = (rows: CurrencyRow[]) =>
    rows.flatMap(({ amount, currency }) => (typeof amount === 'number' ? [{ amount, currency }] : []));
  return {
    name,
    description,
    enabled,
    start,
    end,
    min_cart_value: amounts(values.min_cart_value),
    max_discount_value: amounts(values.max_discount_value),
    max_applications_per_cart: typeof times === 'number' ? times : null,
  };
}

/** Some properties of an object. */
export function pick<T extends object, K extends keyof T>(from: T, keys: readonly K[]): Pick<T, K> {
  return Object.fromEntries(keys.map((key) => [key, from[key]])) as Pick<T, K>;
}

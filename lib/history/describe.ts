import { formatMoney } from '#lib/money';
import { showNumber } from '#lib/numbers';
import { readAmounts } from '#lib/promotions/discounts';

/** A promotion as a version keeps it: its columns, as JSON. */
export type Snapshot = Readonly<Record<string, unknown>>;

/** What a field was or is, in words; a moment is said by whoever knows the reader's time zone. */
export type FieldValue = { text: string } | { moment: string };

/** One field that a change has changed. */
export type FieldChange = { column: string; term: string; from: FieldValue; to: FieldValue };

type Field = { term: string; value: (column: unknown) => FieldValue };

const fields: Readonly<Record<string, Field>> = {
  name: { term: 'Name', value: text },
  description: { term: 'Description', value: (column) => text(column || 'nothing') },
  enabled: { term: 'Switched', value: (column) => text(column ? 'on' : 'off') },
  start: { term: 'Start', value: moment },
  end: { term: 'End', value: moment },
  min_cart_value: { term: 'From a cart value of', value: (column) => amounts(column, 'any') },
  max_discount_value: { term: 'At most off', value: (column) => amounts(column, 'no limit') },
  max_applications_per_cart: { term: 'Times a cart', value: (column) => text(column ? count(column) : 'no limit') },
  max_codes: { term: 'Maximum of codes', value: (column) => text(count(column)) },
};

/** Which of these columns changed from one version to the next, and how, in a merchandiser's words and order. */
export function describeChanges(columns: readonly string[], before: Snapshot, after: Snapshot): FieldChange[] {
  const order = Object.keys(fields);
  return columns
    .toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((column) => {
      const { term, value } = fields[column] ?? {
        term: column.replaceAll('_', ' '),
        value: (other: unknown) => text(JSON.stringify(other)),
      };
      return { column, term, from: value(before[column]), to: value(after[column]) };
    });
}

function text(column: unknown): FieldValue {
  return { text: String(column) };
}

function moment(column: unknown): FieldValue {
  return { moment: new Date(String(column)).toISOString() };
}

function count(column: unknown): string {
  return showNumber(Number(column));
}

function amounts(column: unknown, none: string): FieldValue {
  return text(readAmounts(column).map(formatMoney).join(' or ') || none);
}

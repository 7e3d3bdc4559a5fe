import { z } from 'zod';
import { formatMoney } from '#lib/format/money';
import { formatNumber } from '#lib/format/number';
import { discountLines } from '#lib/promotions/describe';
import { readAmounts } from '#lib/promotions/discounts';
import { PromotionType } from '#prisma/enums';

/** The columns of a promotion as JSON, as a version stores them. */
export type Snapshot = Readonly<Record<string, unknown>>;

/** The value of a field as text. A time is returned as a timestamp, because its text depends on the time zone of the browser. */
export type FieldValue = { text: string } | { moment: string };

/** A changed field with its old and new value. */
export type FieldChange = { column: string; term: string; from: FieldValue; to: FieldValue };

type Field = { term: string; value: (column: unknown, snapshot: Snapshot) => FieldValue };

const fields: Readonly<Record<string, Field>> = {
  name: { term: 'Name', value: text },
  description: { term: 'Description', value: (column) => text(column || 'nothing') },
  enabled: { term: 'Switched', value: (column) => text(column ? 'on' : 'off') },
  automatic: { term: "How it's applied", value: (column) => text(column ? 'automatically' : 'with a code') },
  schema: { term: 'Discount', value: discount },
  start: { term: 'Start', value: moment },
  end: { term: 'End', value: moment },
  min_cart_value: { term: 'Minimum cart value', value: (column) => amounts(column, 'any') },
  max_discount_value: { term: 'Maximum discount', value: (column) => amounts(column, 'no limit') },
  max_applications_per_cart: { term: 'Uses per cart', value: (column) => text(column ? count(column) : 'no limit') },
  max_codes: { term: 'Maximum number of codes', value: (column) => text(count(column)) },
};

/** Describes the changes of `columns` between two versions, with the labels and in the order of the screens. */
export function describeChanges(columns: readonly string[], before: Snapshot, after: Snapshot): FieldChange[] {
  const order = Object.keys(fields);
  return columns
    .toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((column) => {
      const { term, value } = fields[column] ?? {
        term: column.replaceAll('_', ' '),
        value: (other: unknown) => text(JSON.stringify(other)),
      };
      return { column, term, from: value(before[column], before), to: value(after[column], after) };
    });
}

function text(column: unknown): FieldValue {
  return { text: String(column) };
}

const type = z.enum(PromotionType);

/** Describes the whole schema, because a change may affect only its exclusions. Omits the discount type, which never changes. */
function discount(column: unknown, { promotion_type }: Snapshot): FieldValue {
  const known = type.safeParse(promotion_type);
  if (!known.success) return text(JSON.stringify(column));
  const lines = discountLines(known.data, column).filter(({ term }) => term !== 'Discount type');
  return text(lines.map((line) => (line.term === 'Discount' ? line.text : `${line.term}: ${line.text}`)).join('; '));
}

function moment(column: unknown): FieldValue {
  return { moment: new Date(String(column)).toISOString() };
}

function count(column: unknown): string {
  return formatNumber(Number(column));
}

function amounts(column: unknown, none: string): FieldValue {
  return text(readAmounts(column).map(formatMoney).join(' or ') || none);
}

import { isDeepStrictEqual } from 'node:util';
import type { Db } from '#lib/db';
import { DomainError, type Problem } from '#lib/errors';
import { describeChanges, type FieldValue } from '#lib/history/describe';
import { readLastChangers } from '#lib/promotions/versions/last-changers.sql';
import type { Promotion } from '#prisma/client';

/** Values of a promotion's fields, by the names of the columns. */
type Fields = Readonly<Record<string, unknown>>;

/** One edit: the stored fields, the fields as the user read them, and the changes. */
export type Edit = { stored: Promotion; read: Fields; changes: Fields };

/**
 * Throws `conflict` for fields that somebody else has changed since they were read, unless they have the new value already, with a
 * problem for each field that names the user and both values. The promotion must be locked.
 */
export async function refuseConflicts(tx: Db, { stored: promotion, read, changes }: Edit): Promise<void> {
  const stored = columns(promotion);
  const fields = Object.keys(read).filter(
    (field) => changes[field] !== undefined && !same(stored[field], read[field]) && !same(stored[field], changes[field]),
  );
  if (fields.length === 0) return;
  const changedBy = await readLastChangers(tx, promotion.id);
  const [first, ...more] = describeChanges(fields, asStored({ ...stored, ...read }), asStored(stored)).map(
    ({ column, term, from, to }): Problem => {
      const by = changedBy[column] ?? promotion.updatedBy;
      return { detail: `${by} changed “${term}” from ${inWords(from)} to ${inWords(to)} in the meantime`, source: column };
    },
  );
  if (first) throw new DomainError('conflict', first, ...more);
}

function columns(promotion: Promotion): Fields {
  return {
    name: promotion.name,
    description: promotion.description,
    enabled: promotion.enabled,
    promotion_type: promotion.promotionType,
    schema: promotion.schema,
    start: promotion.start,
    end: promotion.end,
    min_cart_value: promotion.minCartValue,
    max_discount_value: promotion.maxDiscountValue,
    max_applications_per_cart: promotion.maxApplicationsPerCart,
    max_codes: promotion.maxCodes,
  };
}

function same(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(normal(a), normal(b));
}

/** Unset amounts are an empty list in a form, and null in the database. */
function normal(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  return value === undefined || (Array.isArray(value) && value.length === 0) ? null : value;
}

function asStored(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).map(([field, value]) => [field, normal(value)]));
}

const longestText = 60;

function inWords(value: FieldValue): string {
  if ('moment' in value) return `${value.moment.slice(0, 16).replace('T', ' ')} UTC`;
  const characters = Array.from(value.text);
  return `“${characters.length > longestText ? `${characters.slice(0, longestText).join('')}…` : value.text}”`;
}

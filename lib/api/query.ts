import { addMilliseconds, max, min } from 'date-fns';
import { z } from 'zod';
import { type FilterTerm, readFilter } from '#lib/input/filter';
import { parseInput } from '#lib/input/parse';
import { moment } from '#lib/promotions/schema';

const givenOnce = 'Send this parameter only once';

/** Parses the parameters of a query that are in `schema` and ignores others. Throws `bad_request` with one problem per parameter. */
export function readQuery<S extends z.ZodType>(schema: S, query: URLSearchParams): z.output<S> {
  const names = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const given = names.filter((name) => query.has(name)).map((name) => [name, singleOrAll(query.getAll(name))] as const);
  return parseInput(schema, Object.fromEntries(given), 'bad_request');
}

// A repeated parameter becomes an array, which the schema rejects.
function singleOrAll(values: string[]): string | string[] | undefined {
  return values.length > 1 ? values : values[0];
}

/** Returns the schema of an integer in digits. */
export function wholeNumber(from: number, to: number, fallback: number) {
  const error = `Enter a whole number from ${from} to ${to}`;
  return z
    .string({ error: givenOnce })
    .regex(/^\d{1,9}$/, error)
    .transform(Number)
    .pipe(z.int().min(from, error).max(to, error))
    .default(fallback);
}

const unreadable = 'Could not parse the supplied filter';

/** The times from `from` (inclusive) to `before` (exclusive). */
export type TimeRange = { from?: Date; before?: Date };

/** The conditions of a filter by attribute: a value, a lower bound such as `code_after`, or a range of times. */
type Filter<E extends string, G extends string, T extends string> = { [A in E]?: string } & { [A in `${G}_after`]?: string[] } & {
  [A in T]?: TimeRange;
};

/**
 * Returns the schema of a filter: `eq(attribute,value)` for the attributes `eq`, `gt(attribute,value)` for the attributes `gt`, and `gt`,
 * `ge`, `lt` and `le` with a time for the attributes `times`. Conditions are joined with `:`.
 */
export function filterBy<const E extends string, const G extends string = never, const T extends string = never>(
  eq: readonly E[],
  gt: readonly G[] = [],
  times: readonly T[] = [],
) {
  const compared = times.flatMap((name) => ['gt', 'ge', 'lt', 'le'].map((operator) => `${operator}(${name},…)`));
  const attributes = [...eq.map((name) => `eq(${name},…)`), ...gt.map((name) => `gt(${name},…)`), ...compared];
  const isTime = (attribute: string) => times.some((name) => name === attribute);
  return z
    .string({ error: givenOnce })
    .transform((text, context): Filter<E, G, T> => {
      const filter: Filter<E, G, T> = {};
      const terms = readFilter(text);
      const known = terms?.every(({ operator, attribute }) => attributes.includes(`${operator}(${attribute},…)`));
      const ranges = terms && rangesOf(terms.filter(({ attribute }) => isTime(attribute)));
      if (!terms || !known || !ranges) {
        context.addIssue({ code: 'custom', message: unreadable });
        return z.NEVER;
      }
      const texts = terms.filter(({ attribute }) => !isTime(attribute));
      // Two different values match nothing, and neither does the empty text.
      for (const [attribute, values] of valuesOf(texts, 'eq'))
        Object.assign(filter, { [attribute]: values.size > 1 ? '' : [...values][0] });
      for (const [attribute, values] of valuesOf(texts, 'gt')) Object.assign(filter, { [`${attribute}_after`]: [...values] });
      return Object.assign(filter, Object.fromEntries(ranges));
    })
    .optional()
    .meta({
      type: 'string',
      description: `Conditions joined with \`:\` must all be true. A value can be in double quotes. ${attributes.map((name) => `\`${name}\``).join(', ')}.`,
      examples: attributes,
    });
}

/** Returns the range of each attribute, or null when a value is not a time. */
function rangesOf(terms: readonly FilterTerm[]): Map<string, TimeRange> | null {
  const ranges = new Map<string, TimeRange>();
  for (const { operator, attribute, value } of terms) {
    const { data: time } = moment.safeParse(value);
    if (!time) return null;
    const { from, before } = ranges.get(attribute) ?? {};
    // Times have a precision of milliseconds.
    const bound = operator === 'gt' || operator === 'le' ? addMilliseconds(time, 1) : time;
    const lower = operator === 'gt' || operator === 'ge';
    ranges.set(attribute, {
      ...(lower ? { from: from ? max([from, bound]) : bound } : from && { from }),
      ...(lower ? before && { before } : { before: before ? min([before, bound]) : bound }),
    });
  }
  return ranges;
}

/** Returns the schema of a sort order: an attribute, with `-` before it for the descending order. */
export function sortBy<const A extends string>(attributes: readonly A[], fallback: { by: A; descending: boolean }) {
  const error = `Sort by one of ${attributes.join(', ')}. A - before it sorts in descending order.`;
  return z
    .string({ error: givenOnce })
    .transform((text, context): { by: A; descending: boolean } => {
      const by = attributes.find((attribute) => attribute === text.replace(/^-/, ''));
      if (by) return { by, descending: text.startsWith('-') };
      context.addIssue({ code: 'custom', message: error });
      return z.NEVER;
    })
    .default(fallback)
    .meta({
      type: 'string',
      default: `${fallback.descending ? '-' : ''}${fallback.by}`,
      description: `A \`-\` before the attribute sorts in descending order. ${attributes.map((name) => `\`${name}\``).join(', ')}.`,
    });
}

function valuesOf(terms: readonly FilterTerm[], operator: FilterTerm['operator']): Map<string, Set<string>> {
  const groups = Map.groupBy(
    terms.filter((term) => term.operator === operator),
    ({ attribute }) => attribute,
  );
  return new Map([...groups].map(([attribute, terms]) => [attribute, new Set(terms.map(({ value }) => value))]));
}

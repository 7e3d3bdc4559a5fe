import { addMilliseconds, max, min } from 'date-fns';
import { z } from 'zod';
import { type FilterTerm, readFilter } from '#lib/input/filter';
import { parseInput } from '#lib/input/parse';
import { moment } from '#lib/promotions/schema';

const givenOnce = 'Give this parameter once';

/** The parameters of a query that `schema` names; others are ignored. Throws `bad_request` with one problem per parameter. */
export function readQuery<S extends z.ZodType>(schema: S, query: URLSearchParams): z.output<S> {
  const names = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const given = names.filter((name) => query.has(name)).map((name) => [name, only(query.getAll(name))] as const);
  return parseInput(schema, Object.fromEntries(given), 'bad_request');
}

// The schema refuses a list, because it expects text.
function only(values: string[]): string | string[] | undefined {
  return values.length > 1 ? values : values[0];
}

/** A whole number written in digits. */
export function wholeNumber(from: number, to: number, otherwise: number) {
  const error = `Enter a whole number from ${from} to ${to}`;
  return z
    .string({ error: givenOnce })
    .regex(/^\d{1,9}$/, error)
    .transform(Number)
    .pipe(z.int().min(from, error).max(to, error))
    .default(otherwise);
}

const unparsable = 'Could not parse the supplied filter';

/** A time from `from` on and before `before`. */
export type TimeRange = { from?: Date; before?: Date };

/** A parsed filter: the value of each attribute, the value that it comes after (`code_after`), or the times that it lies between. */
type Filter<E extends string, G extends string, T extends string> = { [A in E]?: string } & { [A in `${G}_after`]?: string[] } & {
  [A in T]?: TimeRange;
};

/**
 * `eq(attribute,value)` for the attributes of `eq`, `gt(attribute,value)` for those of `gt`, and `gt`, `ge`, `lt` and `le` with a time for
 * those of `times`; several of them joined with `:`.
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
        context.addIssue({ code: 'custom', message: unparsable });
        return z.NEVER;
      }
      const texts = terms.filter(({ attribute }) => !isTime(attribute));
      // An attribute cannot have two values at once. No record has the value ''.
      for (const [attribute, values] of valuesOf(texts, 'eq'))
        Object.assign(filter, { [attribute]: values.size > 1 ? '' : [...values][0] });
      for (const [attribute, values] of valuesOf(texts, 'gt')) Object.assign(filter, { [`${attribute}_after`]: [...values] });
      return Object.assign(filter, Object.fromEntries(ranges));
    })
    .optional()
    .meta({
      type: 'string',
      description: `Several joined with \`:\` must all hold. A value may stand in double quotes. ${attributes.map((name) => `\`${name}\``).join(', ')}.`,
      examples: attributes,
    });
}

/** The range of each attribute, or null when a value is no time. */
function rangesOf(terms: readonly FilterTerm[]): Map<string, TimeRange> | null {
  const ranges = new Map<string, TimeRange>();
  for (const { operator, attribute, value } of terms) {
    const { data: time } = moment.safeParse(value);
    if (!time) return null;
    const { from, before } = ranges.get(attribute) ?? {};
    // Times are whole milliseconds.
    const bound = operator === 'gt' || operator === 'le' ? addMilliseconds(time, 1) : time;
    const lower = operator === 'gt' || operator === 'ge';
    ranges.set(attribute, {
      ...(lower ? { from: from ? max([from, bound]) : bound } : from && { from }),
      ...(lower ? before && { before } : { before: before ? min([before, bound]) : bound }),
    });
  }
  return ranges;
}

/** An attribute that a list is sorted by, descending after a `-`. */
export function sortBy<const A extends string>(attributes: readonly A[], otherwise: { by: A; descending: boolean }) {
  const error = `Sort by one of ${attributes.join(', ')}, with - before it for the descending order`;
  return z
    .string({ error: givenOnce })
    .transform((text, context): { by: A; descending: boolean } => {
      const by = attributes.find((attribute) => attribute === text.replace(/^-/, ''));
      if (by) return { by, descending: text.startsWith('-') };
      context.addIssue({ code: 'custom', message: error });
      return z.NEVER;
    })
    .default(otherwise)
    .meta({
      type: 'string',
      default: `${otherwise.descending ? '-' : ''}${otherwise.by}`,
      description: `Descending with \`-\` before it. ${attributes.map((name) => `\`${name}\``).join(', ')}.`,
    });
}

function valuesOf(terms: readonly FilterTerm[], operator: FilterTerm['operator']): Map<string, Set<string>> {
  const groups = Map.groupBy(
    terms.filter((term) => term.operator === operator),
    ({ attribute }) => attribute,
  );
  return new Map([...groups].map(([attribute, terms]) => [attribute, new Set(terms.map(({ value }) => value))]));
}

import { z } from 'zod';
import { type FilterTerm, readFilter } from '#lib/input/filter';
import { parseInput } from '#lib/input/parse';

const once = 'Give this parameter once';

/** The parameters of a query that `schema` names; others are ignored. Throws `bad_request` with one problem per parameter. */
export function readQuery<S extends z.ZodType>(schema: S, query: URLSearchParams): z.output<S> {
  const names = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const given = names.filter((name) => query.has(name)).map((name) => [name, only(query.getAll(name))] as const);
  return parseInput(schema, Object.fromEntries(given), 'bad_request');
}

// A list is no text, so that the schema refuses it.
function only(values: string[]): string | string[] | undefined {
  return values.length > 1 ? values : values[0];
}

/** A whole number written in digits. */
export function wholeNumber(from: number, to: number, otherwise: number) {
  const error = `Enter a whole number from ${from} to ${to}`;
  return z
    .string({ error: once })
    .regex(/^\d{1,9}$/, error)
    .transform(Number)
    .pipe(z.int().min(from, error).max(to, error))
    .default(otherwise);
}

const unparsable = 'Could not parse the supplied filter';

/** What a filter asks: of each attribute its value, and what it comes after, such as `code_after`. */
type Filter<E extends string, G extends string> = { [A in E]?: string } & { [A in `${G}_after`]?: string[] };

/** `eq(attribute,value)` for the attributes of `eq`, and `gt(attribute,value)` for those of `gt`; several of them joined with `:`. */
export function filterBy<const E extends string, const G extends string = never>(eq: readonly E[], gt: readonly G[] = []) {
  const attributes = [...eq.map((name) => `eq(${name},…)`), ...gt.map((name) => `gt(${name},…)`)];
  return z
    .string({ error: once })
    .transform((text, context): Filter<E, G> => {
      const filter: Filter<E, G> = {};
      const terms = readFilter(text);
      const known = terms?.every(({ operator, attribute }) => ({ eq, gt })[operator].some((name) => name === attribute));
      if (!terms || !known) {
        context.addIssue({ code: 'custom', message: unparsable });
        return z.NEVER;
      }
      // What is to have two values at once is to have '', which nothing has.
      for (const [attribute, values] of valuesOf(terms, 'eq'))
        Object.assign(filter, { [attribute]: values.size > 1 ? '' : [...values][0] });
      for (const [attribute, values] of valuesOf(terms, 'gt')) Object.assign(filter, { [`${attribute}_after`]: [...values] });
      return filter;
    })
    .optional()
    .meta({
      type: 'string',
      description: `Several joined with \`:\` must all hold. A value may stand in double quotes. ${attributes.map((name) => `\`${name}\``).join(', ')}.`,
      examples: attributes,
    });
}

function valuesOf(terms: readonly FilterTerm[], operator: FilterTerm['operator']): Map<string, Set<string>> {
  const groups = Map.groupBy(
    terms.filter((term) => term.operator === operator),
    ({ attribute }) => attribute,
  );
  return new Map([...groups].map(([attribute, terms]) => [attribute, new Set(terms.map(({ value }) => value))]));
}

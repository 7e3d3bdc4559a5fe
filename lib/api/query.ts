import { z } from 'zod';
import { parseInput } from '#lib/input';

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

/** What a filter asks of each attribute. One that is asked to be two things is asked to be '', which nothing is. */
export type Filter<A extends string> = { [attribute in A]?: string };

// A code may hold brackets and colons: a value goes up to the last bracket before the next term.
const term = /^eq\((?<attribute>[a-z_]+), ?(?<value>[^,\p{Cc}]*[^\s,\p{Cc}][^,\p{Cc}]*)\)$/u;
const separator = /(?<=\)):(?=[a-z_]+\()/;
const unparsable = 'Could not parse the supplied filter';

/** `eq(attribute,value)`, several of them joined with `:`, for these attributes alone. */
export function filterBy<const A extends string>(...attributes: A[]) {
  const isKnown = (name: string | undefined): name is A => attributes.some((attribute) => attribute === name);
  return z
    .string({ error: once })
    .transform((text, context): Filter<A> => {
      const filter: Filter<A> = {};
      // Clients write a filter by nothing as an empty one.
      for (const part of text === '' ? [] : text.split(separator)) {
        const { attribute, value: written = '' } = term.exec(part)?.groups ?? {};
        const value = written.trim();
        if (!isKnown(attribute)) {
          context.addIssue({ code: 'custom', message: unparsable });
          return z.NEVER;
        }
        const contradicted = Object.hasOwn(filter, attribute) && filter[attribute] !== value;
        Object.assign(filter, { [attribute]: contradicted ? '' : value });
      }
      return filter;
    })
    .optional()
    .meta({
      type: 'string',
      description: `\`eq(attribute,value)\`; several joined with \`:\` must all hold. Attributes: ${attributes.map((name) => `\`${name}\``).join(', ')}.`,
      examples: attributes.map((name) => `eq(${name},…)`),
    });
}

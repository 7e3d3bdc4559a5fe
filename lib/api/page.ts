import type { Context } from 'hono';
import { z } from 'zod';
import type { ApiEnv } from '#lib/api/env';
import { wholeNumber } from '#lib/api/query';
import { baseUrl } from '#lib/http/base-url';

/** The limits of a page of a list. */
export const pageLimits = { defaultSize: 25, size: 100, offset: 10_000 } as const;

const { defaultSize, size, offset: lastOffset } = pageLimits;

/** The parameters of every list. */
export const pageQuery = z.object({
  'page[limit]': wholeNumber(1, size, defaultSize).meta({ description: 'The number of records on a page.' }),
  'page[offset]': wholeNumber(0, lastOffset, 0).meta({
    description: 'The number of records before the page. To read more records, create an export.',
  }),
});

type PageQuery = z.output<typeof pageQuery>;

/** Converts the parameters of a page to the domain's input. */
export function rowsOf({ 'page[limit]': limit, 'page[offset]': offset }: PageQuery): { limit: number; offset: number } {
  return { limit, offset };
}

// Without the format `uri`, because clients expect `page[offset]` with unescaped brackets.
const address = z.string().meta({ description: 'An absolute URL.' });
const link = z.string().nullable();

/** Returns the response schema for a list of records. */
export function listOf<S extends z.ZodType>(record: S) {
  return z.object({
    data: z.array(record),
    links: z.object({
      current: address,
      first: address,
      last: link.meta({ description: 'Null when there is only one page. Does not exceed the maximum of `page[offset]`.' }),
      prev: link.meta({ description: 'Null on the first page.' }),
      next: link.meta({ description: 'Null on the last page and at the maximum of `page[offset]`.' }),
    }),
    meta: z.object({
      page: z.object({
        limit: z.int(),
        offset: z.int(),
        current: z.int().meta({ description: 'The number of this page. The first page is 1.' }),
        total: z.int().meta({ description: 'The total number of pages.' }),
      }),
      results: z.object({ total: z.int().meta({ description: 'The total number of records.' }) }),
    }),
  });
}

/** Returns the response schema for one record. */
export function resource<S extends z.ZodType>(record: S) {
  return z.object({ data: record });
}

/** Returns the URL of a call as its client sees it, for links in responses. */
export function addressOf<E extends ApiEnv>({ req }: Context<E>): URL {
  const { pathname, search } = new URL(req.url);
  return new URL(`${baseUrl(req.raw.headers)}${pathname}${search}`);
}

/** Returns the response for a page of a list. */
export function page<T>({ query, address }: { query: PageQuery; address: URL }, { rows, total }: { rows: T[]; total: number }) {
  const { 'page[limit]': limit, 'page[offset]': offset } = query;
  const pages = Math.ceil(total / limit);
  const lastPage = Math.min(pages - 1, Math.floor(lastOffset / limit));
  const next = offset + limit;
  const keptParameters = ['filter', 'sort'].flatMap((name) => {
    const value = address.searchParams.get(name);
    return value === null ? [] : [`${name}=${encodeURIComponent(value)}&`];
  });
  const at = (offset: number) =>
    `${address.origin}${address.pathname}?${keptParameters.join('')}page[offset]=${offset}&page[limit]=${limit}`;
  return {
    data: rows,
    links: {
      current: at(offset),
      first: at(0),
      last: pages > 1 ? at(lastPage * limit) : null,
      prev: offset > 0 ? at(Math.max(0, offset - limit)) : null,
      next: next < total && next <= lastOffset ? at(next) : null,
    },
    meta: { page: { limit, offset, current: Math.floor(offset / limit) + 1, total: pages }, results: { total } },
  };
}

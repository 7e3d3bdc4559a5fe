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

/** Converts them to the parameters of the domain. */
export function rowsOf({ 'page[limit]': limit, 'page[offset]': offset }: PageQuery): { limit: number; offset: number } {
  return { limit, offset };
}

// Not in the format `uri`: clients look for `page[offset]`, with the brackets as they are.
const address = z.string().meta({ description: 'An absolute address.' });
const link = z.string().nullable();

/** The answer of a list. */
export function listOf<S extends z.ZodType>(record: S) {
  return z.object({
    data: z.array(record),
    links: z.object({
      current: address,
      first: address,
      last: link.meta({ description: 'Null when there is a single page; no further than `page[offset]` goes.' }),
      prev: link.meta({ description: 'Null on the first page.' }),
      next: link.meta({ description: 'Null on the last page, and where `page[offset]` goes no further.' }),
    }),
    meta: z.object({
      page: z.object({
        limit: z.int(),
        offset: z.int(),
        current: z.int().meta({ description: 'The number of this page, from 1.' }),
        total: z.int().meta({ description: 'The number of pages.' }),
      }),
      results: z.object({ total: z.int().meta({ description: 'The number of records.' }) }),
    }),
  });
}

/** The answer with one record. */
export function resource<S extends z.ZodType>(record: S) {
  return z.object({ data: record });
}

/** The address of a call as its client sees it, for links in answers. */
export function addressOf<E extends ApiEnv>({ req }: Context<E>): URL {
  const { pathname, search } = new URL(req.url);
  return new URL(`${baseUrl(req.raw.headers)}${pathname}${search}`);
}

/** A page of a list in the API. */
export function page<T>({ query, address }: { query: PageQuery; address: URL }, { rows, total }: { rows: T[]; total: number }) {
  const { 'page[limit]': limit, 'page[offset]': offset } = query;
  const pages = Math.ceil(total / limit);
  const lastPage = Math.min(pages - 1, Math.floor(lastOffset / limit));
  const next = offset + limit;
  const kept = ['filter', 'sort'].flatMap((name) => {
    const value = address.searchParams.get(name);
    return value === null ? [] : [`${name}=${encodeURIComponent(value)}&`];
  });
  const at = (offset: number) => `${address.origin}${address.pathname}?${kept.join('')}page[offset]=${offset}&page[limit]=${limit}`;
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

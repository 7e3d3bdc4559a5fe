import type { CodesAddress } from '#lib/codes/schema';

/** Returns the address of the list of codes. Filters with their default value are left out. */
export function codesHref(promotionId: string, { search = '', order = 'newest', page = 1 }: Partial<CodesAddress> = {}): string {
  const query = new URLSearchParams();
  if (search) query.set('search', search);
  if (order !== 'newest') query.set('order', order);
  if (page > 1) query.set('page', String(page));
  const path = `/promotions/${promotionId}/codes`;
  return query.size > 0 ? `${path}?${query}` : path;
}

/** Returns the address of the search for a code in all promotions. */
export function lookUpHref(code: string): string {
  return `/codes?${new URLSearchParams({ code })}`;
}

/** Returns the address of a job in the list of its promotion, with its details open. */
export function jobHref(promotionId: string, jobId: string): string {
  return `/promotions/${promotionId}?job=${jobId}`;
}

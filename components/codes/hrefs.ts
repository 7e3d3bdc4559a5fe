import type { CodesAddress } from '#lib/codes/schema';

/** Where a promotion's codes are listed so; what is not asked for is left out. */
export function codesHref(promotionId: string, { search = '', order = 'newest', page = 1 }: Partial<CodesAddress> = {}): string {
  const query = new URLSearchParams();
  if (search) query.set('search', search);
  if (order !== 'newest') query.set('order', order);
  if (page > 1) query.set('page', String(page));
  const path = `/promotions/${promotionId}/codes`;
  return query.size > 0 ? `${path}?${query}` : path;
}

/** Where a code is looked up over all promotions. */
export function lookUpHref(code: string): string {
  return `/codes?${new URLSearchParams({ code })}`;
}

/** A job among its promotion's, with its receipt open. */
export function jobHref(promotionId: string, jobId: string): string {
  return `/promotions/${promotionId}?job=${jobId}`;
}

import type { PromotionListInput } from '#lib/promotions/schema';

/** Returns the address of the list of promotions. Filters with their default value are left out. */
export function promotionsHref({ search = '', status = 'all', page = 1 }: Partial<PromotionListInput>): string {
  const query = new URLSearchParams();
  if (status !== 'all') query.set('status', status);
  if (search) query.set('search', search);
  if (page > 1) query.set('page', String(page));
  return query.size > 0 ? `/promotions?${query}` : '/promotions';
}

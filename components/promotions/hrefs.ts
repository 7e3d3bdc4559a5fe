import type { PromotionListInput } from '#lib/promotions/schema';

/** Where the list is with these filters; what is not asked for is left out. */
export function promotionsAddress({ search = '', status = 'all', page = 1 }: Partial<PromotionListInput>): string {
  const query = new URLSearchParams();
  if (status !== 'all') query.set('status', status);
  if (search) query.set('search', search);
  if (page > 1) query.set('page', String(page));
  return query.size > 0 ? `/promotions?${query}` : '/promotions';
}

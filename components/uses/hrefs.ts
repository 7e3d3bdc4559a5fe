type Shown = { code?: string | undefined; before?: string | null | undefined };

/** Returns the address of the uses of a promotion, or of one of its codes; with `before`, of older redemptions. */
export function usesHref(promotionId: string, { code, before }: Shown = {}): string {
  const query = new URLSearchParams();
  if (code) query.set('code', code);
  if (before) query.set('before', before);
  const path = `/promotions/${promotionId}/uses`;
  return query.size > 0 ? `${path}?${query}` : path;
}

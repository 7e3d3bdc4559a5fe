import type { z } from 'zod';
import type { ErrorExample } from '#lib/api/openapi/responses';
import { placeholder } from '#lib/api/openapi/with-base-url';
import { page } from '#lib/api/page';
import type { apiPromotion } from '#lib/promotions/serialize';

// The examples and errors that several routes share in the OpenAPI document.

export const promotionId = 'ad386702-e780-42c6-b190-0527ad768917';
export const timestamps = { created_at: '2026-12-06T13:52:29.587Z', updated_at: '2026-12-06T13:52:29.587Z' };

export const promotionFields = {
  name: 'Summer',
  description: '10% off the cart',
  enabled: true,
  automatic: false,
  promotion_type: 'percent_discount' as const,
  schema: { currencies: [{ percentage: '10', currency: 'EUR' }] },
};

export const promotionVersion = {
  ...promotionFields,
  type: 'promotion' as const,
  id: promotionId,
  parent_id: promotionId,
  current: true,
  start: '2026-12-06T00:00:00Z',
  end: '2027-06-06T00:00:00Z',
  min_cart_value: [],
  max_discount_value: [],
  created_by: 'nightly',
  updated_by: 'nightly',
} satisfies Partial<z.output<typeof apiPromotion>>;

export const promotion: z.output<typeof apiPromotion> = {
  ...promotionVersion,
  meta: { timestamps, codes: { count: 100, maximum: 1000 } },
};

/** Returns the first page of the list at a path such as `/v2/promotions`. */
export function firstPage<T>(path: string, ...rows: T[]) {
  const query = { 'page[limit]': 25, 'page[offset]': 0 };
  return page({ query, address: new URL(`${placeholder}${path}`) }, { rows, total: rows.length });
}

export const noPromotion: ErrorExample = { code: 'not_found', detail: 'promotion not found' };
export const noJob: ErrorExample = { code: 'not_found', detail: 'job not found' };
export const wrongPage: ErrorExample = { code: 'bad_request', detail: 'Enter a whole number from 1 to 100', source: 'page[limit]' };
export const wrongFilter: ErrorExample = { code: 'bad_request', detail: 'Could not parse the supplied filter', source: 'filter' };
export const noCodesAllowed: ErrorExample = { code: 'no_codes_allowed', detail: 'Cannot add codes to an automatic promotion' };

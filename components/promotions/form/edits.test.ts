import { describe, expect, test } from 'vitest';
import { isInConflict, readAfterRefresh, touchedFields } from '#components/promotions/form/edits.ts';
import { emptyRow, type PromotionFormValues } from '#components/promotions/form/form-values.ts';

const read: PromotionFormValues = {
  name: 'Summer',
  description: '',
  enabled: true,
  automatic: false,
  promotion_type: 'percent_discount',
  schema: { currencies: [], targets: 'all', percent: '' },
  start: '2026-06-01T00:00:00.000Z',
  end: '2026-07-01T00:00:00.000Z',
  min_cart_value: [{ ...emptyRow('EUR'), amount: 500 }],
  max_discount_value: [],
  max_applications_per_cart: '',
};

describe('touchedFields', () => {
  test('names no field when nothing was changed, or what was changed was changed back', () => {
    expect(touchedFields(read, structuredClone(read))).toEqual([]);
    expect(touchedFields(read, { ...read, min_cart_value: [{ currency: 'EUR', percentage: '', amount: 500 }] })).toEqual([]);
  });

  test('names the fields that hold another value', () => {
    const typed = { ...read, name: 'Autumn', min_cart_value: [] };
    expect(touchedFields(read, typed)).toEqual(['name', 'min_cart_value']);
  });
});

test('readAfterRefresh takes newer values over, but for the fields that are being changed', () => {
  const typed = { ...read, name: 'Autumn' };
  const stored = { ...read, name: 'Winter', description: 'For parcels' };
  expect(readAfterRefresh(read, typed, stored)).toEqual({ ...read, description: 'For parcels' });
  expect(readAfterRefresh(read, typed, typed)).toEqual(typed);
});

describe('isInConflict', () => {
  test('is true for a field that both people changed to different values', () => {
    const [typed, stored] = [
      { ...read, name: 'Autumn' },
      { ...read, name: 'Winter' },
    ];
    expect(isInConflict('name', { read, typed, stored })).toBe(true);
    expect(isInConflict('description', { read, typed, stored })).toBe(false);
  });

  test('is false when both people changed it to the same value', () => {
    const same = { ...read, name: 'Winter' };
    expect(isInConflict('name', { read, typed: same, stored: same })).toBe(false);
  });
});

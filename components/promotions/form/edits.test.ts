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
  test('returns no field when all values equal the read values', () => {
    expect(touchedFields(read, structuredClone(read))).toEqual([]);
    expect(touchedFields(read, { ...read, min_cart_value: [{ currency: 'EUR', percentage: '', amount: 500 }] })).toEqual([]);
  });

  test('returns the fields whose value differs from the read value', () => {
    const typed = { ...read, name: 'Autumn', min_cart_value: [] };
    expect(touchedFields(read, typed)).toEqual(['name', 'min_cart_value']);
  });

  test('names the discount and how it is applied when their values change', () => {
    const typed = { ...read, automatic: true, schema: { ...read.schema, percent: 20 } };
    expect(touchedFields(read, typed)).toEqual(['automatic', 'schema']);
  });
});

test('readAfterRefresh takes the stored values except for fields that the user is changing', () => {
  const typed = { ...read, name: 'Autumn' };
  const stored = { ...read, name: 'Winter', description: 'For parcels' };
  expect(readAfterRefresh(read, typed, stored)).toEqual({ ...read, description: 'For parcels' });
  expect(readAfterRefresh(read, typed, typed)).toEqual(typed);
});

describe('isInConflict', () => {
  test('is true for a field that two users changed to different values', () => {
    const [typed, stored] = [
      { ...read, name: 'Autumn' },
      { ...read, name: 'Winter' },
    ];
    expect(isInConflict('name', { read, typed, stored })).toBe(true);
    expect(isInConflict('description', { read, typed, stored })).toBe(false);
  });

  test('is false when two users changed it to the same value', () => {
    const same = { ...read, name: 'Winter' };
    expect(isInConflict('name', { read, typed: same, stored: same })).toBe(false);
  });
});

import { describe, expect, test } from 'vitest';
import { currencies, decimalsOf, formatMoney } from '#lib/format/money';

describe('currencies', () => {
  // ISO 4217, list one of 2026-01-01. All other currencies have two decimals.
  const otherThanTwo = {
    0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
    3: 'BHD IQD JOD KWD LYD OMR TND',
    4: 'CLF UYW',
  };

  test('decimalsOf returns the decimals of ISO 4217 for every currency, on every runtime', () => {
    const expected = new Map(
      Object.entries(otherThanTwo).flatMap(([decimals, codes]) => codes.split(' ').map((code) => [code, Number(decimals)])),
    );
    for (const code of expected.keys()) expect(currencies).toContain(code);
    expect(currencies.map((code) => [code, decimalsOf(code)])).toEqual(currencies.map((code) => [code, expected.get(code) ?? 2]));
  });

  test('currencies contains current currencies, but no withdrawn currencies, metals and test codes', () => {
    for (const code of ['XCG', 'ZWG', 'XAD', 'SLE', 'VED', 'EUR', 'HUF', 'MGA', 'MRU']) expect(currencies).toContain(code);
    for (const code of ['ANG', 'BGN', 'CUC', 'HRK', 'SLL', 'ZWL', 'XAU', 'XDR', 'XTS', 'XXX']) expect(currencies).not.toContain(code);
    expect(currencies).toEqual(currencies.toSorted());
  });
});

test('formatMoney formats amounts with the decimals of ISO 4217', () => {
  expect(formatMoney({ amount: 123_456, currency: 'USD' })).toBe('$1,234.56');
  expect(formatMoney({ amount: 500, currency: 'JPY' })).toBe('¥500');
  expect(formatMoney({ amount: 50_000, currency: 'HUF' })).toBe('HUF\u00a0500.00');
  expect(formatMoney({ amount: Number.MAX_SAFE_INTEGER, currency: 'EUR' })).toBe('€90,071,992,547,409.91');
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencies, decimalsOf, formatMoney, readMoney, showMoney, withoutTrailingZeros } from '#lib/money';

describe('decimals of currencies', () => {
  // ISO 4217, list one of 2026-01-01; every currency that is not here has two.
  const unlikeTwo = {
    0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
    3: 'BHD IQD JOD KWD LYD OMR TND',
    4: 'CLF UYW',
  };

  test('are those of ISO 4217 for every currency, whatever the runtime says', () => {
    const expected = new Map(
      Object.entries(unlikeTwo).flatMap(([decimals, codes]) => codes.split(' ').map((code) => [code, Number(decimals)])),
    );
    for (const code of expected.keys()) expect(currencies).toContain(code);
    expect(currencies.map((code) => [code, decimalsOf(code)])).toEqual(currencies.map((code) => [code, expected.get(code) ?? 2]));
  });

  test('the currencies are those of today: new ones are there, withdrawn ones, metals and test codes are not', () => {
    for (const code of ['XCG', 'ZWG', 'XAD', 'SLE', 'VED', 'EUR', 'HUF', 'MGA', 'MRU']) expect(currencies).toContain(code);
    for (const code of ['ANG', 'BGN', 'CUC', 'HRK', 'SLL', 'ZWL', 'XAU', 'XDR', 'XTS', 'XXX']) expect(currencies).not.toContain(code);
    expect(currencies).toEqual(currencies.toSorted());
  });
});

test('an amount of every currency is read as stored, shown and read again', () => {
  fc.assert(
    fc.property(fc.constantFrom(...currencies), fc.maxSafeNat(), (currency, amount) => {
      const shown = showMoney(amount, currency);
      expect(readMoney(shown, currency)).toEqual({ value: amount });
      expect(readMoney(shown.replaceAll(',', ''), currency)).toEqual({ value: amount });
    }),
    { numRuns: 1000 },
  );
  for (const currency of currencies) {
    expect(readMoney('1,000', currency)).toEqual({ value: 1000 * 10 ** decimalsOf(currency) });
    for (const amount of [0, 1, 50_000, Number.MAX_SAFE_INTEGER]) {
      expect(readMoney(showMoney(amount, currency), currency)).toEqual({ value: amount });
    }
  }
});

describe('readMoney', () => {
  test.each([
    ['1,000', 'USD', 100_000],
    ['1,234.5', 'USD', 123_450],
    ['9.99', 'USD', 999],
    ['.99', 'USD', 99],
    ['１，０００．５０', 'USD', 100_050],
    ['0.07', 'USD', 7],
    ['90071992547409.91', 'USD', Number.MAX_SAFE_INTEGER],
    ['1.005', 'BHD', 1005],
    ['1.000', 'BHD', 1000],
    ['500', 'HUF', 50_000],
    ['1,500', 'JPY', 1500],
    ['', 'USD', null],
  ])('takes %j %s as %j', (typed, currency, value) => {
    expect(readMoney(typed, currency)).toEqual({ value });
  });

  test.each([
    ['1,5', 'USD', '“1,5” could mean 15.00 or 1.50. Enter the one you mean'],
    ['1,50', 'EUR', '“1,50” could mean 150.00 or 1.50. Enter the one you mean'],
    ['1.000', 'USD', '“1.000” could mean 1,000.00 or 1.00. Enter the one you mean'],
    ['1.000,50', 'EUR', 'Enter 1,000.50 instead of “1.000,50”'],
    ['1 000,50', 'EUR', 'Enter 1,000.50 instead of “1 000,50”'],
    ['1 000', 'EUR', 'Enter 1,000.00 instead of “1 000”'],
    ['1.000', 'JPY', '“1.000” could mean 1,000 or 1. Enter the one you mean'],
    ['9.99', 'JPY', 'JPY has no decimals: enter 9 or 10'],
    ['0.999', 'USD', 'USD has 2 decimals: enter 0.99 or 1.00'],
    ['9.999', 'USD', '“9.999” could mean 9,999.00 or 9.999. Enter the one you mean'],
    ['-5', 'USD', 'Enter an amount in digits, such as 1.00'],
    ['+5', 'JPY', 'Enter an amount in digits, such as 1'],
    ['1e3', 'USD', 'Enter an amount in digits, such as 1.00'],
    ['$5', 'USD', 'Enter an amount in digits, such as 1.00'],
    ['90071992547409.92', 'USD', 'Enter at most 90,071,992,547,409.91'],
  ])('refuses %j %s', (typed, currency, problem) => {
    expect(readMoney(typed, currency)).toEqual({ problem });
  });
});

test.each([
  [500, 'USD', 'JPY', { value: 5 }],
  [999, 'USD', 'JPY', { problem: 'JPY has no decimals: enter 9 or 10' }],
  [1500, 'BHD', 'USD', { value: 150 }],
  [10_000, 'JPY', 'BHD', { value: 10_000_000 }],
  [123_050, 'USD', 'EUR', { value: 123_050 }],
])('%d of %s means the same number in %s, or is refused there', (amount, from, to, reading) => {
  expect(readMoney(withoutTrailingZeros(amount, from), to)).toEqual(reading);
});

test('amounts are written with the decimals of ISO 4217', () => {
  expect(formatMoney({ amount: 123_456, currency: 'USD' })).toBe('$1,234.56');
  expect(formatMoney({ amount: 500, currency: 'JPY' })).toBe('¥500');
  expect(formatMoney({ amount: 50_000, currency: 'HUF' })).toBe('HUF\u00a0500.00');
  expect(formatMoney({ amount: Number.MAX_SAFE_INTEGER, currency: 'EUR' })).toBe('€90,071,992,547,409.91');
});

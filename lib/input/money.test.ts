import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { currencies, decimalsOf, formatAmount, withoutTrailingZeros } from '#lib/format/money';
import { readMoney } from '#lib/input/money';

test('readMoney reads the output of formatAmount, for every currency', () => {
  fc.assert(
    fc.property(fc.constantFrom(...currencies), fc.maxSafeNat(), (currency, amount) => {
      const shown = formatAmount(amount, currency);
      expect(readMoney(shown, currency)).toEqual({ value: amount });
      expect(readMoney(shown.replaceAll(',', ''), currency)).toEqual({ value: amount });
    }),
    { numRuns: 1000 },
  );
  for (const currency of currencies) {
    expect(readMoney('1,000', currency)).toEqual({ value: 1000 * 10 ** decimalsOf(currency) });
    for (const amount of [0, 1, 50_000, Number.MAX_SAFE_INTEGER]) {
      expect(readMoney(formatAmount(amount, currency), currency)).toEqual({ value: amount });
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
  ])('readMoney reads %j %s as %j', (text, currency, value) => {
    expect(readMoney(text, currency)).toEqual({ value });
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
  ])('readMoney rejects %j %s', (text, currency, problem) => {
    expect(readMoney(text, currency)).toEqual({ problem });
  });
});

test.each([
  [500, 'USD', 'JPY', { value: 5 }],
  [999, 'USD', 'JPY', { problem: 'JPY has no decimals: enter 9 or 10' }],
  [1500, 'BHD', 'USD', { value: 150 }],
  [10_000, 'JPY', 'BHD', { value: 10_000_000 }],
  [123_050, 'USD', 'EUR', { value: 123_050 }],
])('readMoney reads %d of %s in %s as the same number, or rejects it', (amount, from, to, reading) => {
  expect(readMoney(withoutTrailingZeros(amount, from), to)).toEqual(reading);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatNumber } from '#lib/format/number';
import { limitsInWords, type NumberLimits, readNumber } from '#lib/input/numbers';

const count: NumberLimits = { min: 0, max: 2_147_483_647 };
const percentage: NumberLimits = { min: 0, max: 100, decimals: 6, unit: '%' };

describe('readNumber of a whole number', () => {
  test.each([
    ['0', 0],
    ['1000', 1000],
    ['1,000', 1000],
    ['12,345,678', 12_345_678],
    ['007', 7],
    [' 50 ', 50],
    ['\u00a050\u2009', 50],
    ['１００', 100],
    ['１，０００', 1000],
    ['1\u200b000', 1000],
    ['\ufeff25\r\n', 25],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ])('readNumber reads %j as %d', (typed, value) => {
    expect(readNumber(typed, count)).toEqual({ value });
  });

  test.each(['', ' ', '\u00a0', '\u200b'])('readNumber reads %j as empty', (typed) => {
    expect(readNumber(typed, count)).toEqual({ value: null });
  });

  test.each([
    ['1.000', '“1.000” could mean 1,000 or 1. Enter the one you mean'],
    ['1.250', '“1.250” could mean 1,250 or 1.25. Enter the one you mean'],
    ['1,5', '“1,5” could mean 15 or 1.5. Enter the one you mean'],
    ['12,50', '“12,50” could mean 1,250 or 12.5. Enter the one you mean'],
    ['0,123', '“0,123” could mean 123 or 0.123. Enter the one you mean'],
    ['1 000', 'Enter 1,000 instead of “1 000”'],
    ['1\u00a0000', 'Enter 1,000 instead of “1\u00a0000”'],
    ['1\u202f000\u202f000', 'Enter 1,000,000 instead of “1\u202f000\u202f000”'],
    ["1'000", "Enter 1,000 instead of “1'000”"],
    ['1.000.000', 'Enter 1,000,000 instead of “1.000.000”'],
    ['5.0', 'Enter 5 instead of “5.0”'],
  ])('readNumber rejects %j and names its possible meanings', (typed, problem) => {
    expect(readNumber(typed, count)).toEqual({ problem });
  });

  test.each([
    '1e3',
    '1E3',
    '+5',
    '-5',
    '\u22125',
    '1.5',
    '0x10',
    '1_000',
    '1,00,000',
    '1,000,00',
    '10 20',
    'ten',
    '∞',
    '5²',
    '½',
    '.',
    ',',
    '5 %',
    '\u202e123',
    '٣',
    '1,000.000,5',
    '99999999999999999999',
  ])('readNumber rejects %j and names the limits', (typed) => {
    expect(readNumber(typed, count)).toEqual({ problem: 'Enter a whole number from 0 to 2,147,483,647' });
  });
});

describe('readNumber of a percentage', () => {
  test.each([
    ['10', 10],
    ['12.5', 12.5],
    ['12.500', 12.5],
    ['0.000001', 0.000001],
    ['.5', 0.5],
    ['10%', 10],
    ['12.5 %', 12.5],
    ['１２．５％', 12.5],
  ])('readNumber reads %j as %d', (typed, value) => {
    expect(readNumber(typed, percentage)).toEqual({ value });
  });

  test.each([
    ['1,5', '“1,5” could mean 15 or 1.5. Enter the one you mean'],
    ['1.1234567', 'Enter a percentage from 0 to 100, with at most 6 decimals'],
    ['1e1', 'Enter a percentage from 0 to 100, with at most 6 decimals'],
    ['-5', 'Enter a percentage from 0 to 100, with at most 6 decimals'],
    ['1.000,5', 'Enter 1,000.5 instead of “1.000,5”'],
  ])('readNumber of a percentage rejects %j', (typed, problem) => {
    expect(readNumber(typed, percentage)).toEqual({ problem });
  });
});

test('readNumber reads the output of formatNumber for a whole number', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (value) => {
      expect(readNumber(formatNumber(value), count)).toEqual({ value });
      expect(readNumber(String(value), count)).toEqual({ value });
    }),
  );
});

test('readNumber reads the output of formatNumber for a percentage', () => {
  fc.assert(
    fc.property(fc.nat(100_000_000), (millionths) => {
      const value = Number((millionths / 1_000_000).toFixed(6));
      expect(readNumber(formatNumber(value), percentage)).toEqual({ value });
    }),
  );
});

test('readNumber never returns a number whose digits differ from the text', () => {
  const signs = fc.constantFrom(..."0123456789.,'’ \u00a0\u202f+-eE%".split(''));
  fc.assert(
    fc.property(fc.string({ unit: signs, maxLength: 12 }), (typed) => {
      const reading = readNumber(typed, count);
      if (!('value' in reading) || reading.value === null) return;
      expect(typed.trim()).toMatch(/^(\d+|[1-9]\d{0,2}(,\d{3})+)$/);
      expect(typed.replace(/\D/g, '').replace(/^0+(?=\d)/, '')).toBe(String(reading.value));
    }),
    { numRuns: 2000 },
  );
});

test('limitsInWords names both limits with grouped digits', () => {
  expect(limitsInWords({ min: 1 })).toBe('Enter a whole number, 1 or more');
  expect(limitsInWords({ min: 1, max: 100_000_000 })).toBe('Enter a whole number from 1 to 100,000,000');
});

import { expect, test } from 'vitest';
import { formatApproximately, formatCount, formatLimitedCount, formatNumber } from '#lib/format/number';

test.each([
  [0, '0'],
  [50_000, '50,000'],
  [-1_234_567, '-1,234,567'],
  [1234.5, '1,234.5'],
])('formatNumber formats %d as %j', (n, text) => {
  expect(formatNumber(n)).toBe(text);
});

test.each([
  [188_901, '189,000'],
  [377_801_998, '378 million'],
  [10_578_455_953, '10.6 billion'],
])('formatApproximately formats %d as %j', (n, text) => {
  expect(formatApproximately(n)).toBe(text);
});

test('formatCount uses the singular for one and the plural otherwise', () => {
  expect([formatCount(1, 'code'), formatCount(0, 'code'), formatCount(50_000, 'code')]).toEqual(['1 code', '0 codes', '50,000 codes']);
});

test('formatLimitedCount marks a count that stopped at its limit', () => {
  expect([formatLimitedCount({ n: 1000, more: true }), formatLimitedCount({ n: 999, more: false })]).toEqual(['1,000+', '999']);
});

import { describe, expect, test } from 'vitest';
import { ago, counted, duration, fileSize, jobTitle, longTime, roughly } from '#components/jobs/labels.ts';

test.each([
  [0.02, 'under 0.1 s'],
  [0.44, '0.4 s'],
  [9.99, '10 s'],
  [59.4, '59 s'],
  [192, '3 min 12 s'],
  [3599.6, '1 h'],
  [7500, '2 h 5 min'],
  [345_600, '4 days'],
])('%d seconds are %j', (seconds, words) => {
  expect(duration(seconds).replaceAll('\u00a0', ' ')).toBe(words);
});

test.each([
  [5, '5 seconds'],
  [7_200, '2 hours'],
  [37_780_200, '14 months'],
  [3.2e15, '101 million years'],
])('%d seconds are %j, roughly', (seconds, words) => {
  expect(longTime(seconds)).toBe(words);
});

test.each([
  [188_901, '189,000'],
  [377_801_998, '378 million'],
  [10_578_455_953, '10.6 billion'],
])('%d is %j, roughly', (n, words) => {
  expect(roughly(n)).toBe(words);
});

describe('how long ago', () => {
  const now = '2026-11-23T12:00:00.000Z';
  test.each([
    ['2026-11-23T11:59:30.000Z', 'just now'],
    ['2026-11-23T12:00:01.000Z', 'just now'],
    ['2026-11-23T11:58:00.000Z', '2 minutes ago'],
    ['2026-11-22T11:00:00.000Z', '1 day ago'],
  ])('%s is %j', (then, words) => {
    expect(ago(then, now)).toBe(words);
  });
});

test.each([
  [0, '0 bytes'],
  [999, '999 bytes'],
  [412_345, '412.3 kB'],
  [3_100_000_000, '3.1 GB'],
])('%d bytes are %j', (bytes, words) => {
  expect(fileSize(bytes)).toBe(words);
});

test('one of a thing is one', () => {
  expect([counted(1, 'code'), counted(50_000, 'code')]).toEqual(['1 code', '50,000 codes']);
});

test('a job without a name is called by what it makes', () => {
  const settings = { numberOfCodes: 500, consumeUnit: 'per_cart', maxUsesPerCode: null, codeLength: 8, codePrefix: null } as const;
  expect([jobTitle({ name: 'May', settings }), jobTitle({ name: null, settings }), jobTitle({ name: null, settings: null })]).toEqual([
    ...['May', '500 codes', 'All codes'],
  ]);
});

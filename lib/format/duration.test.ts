import { expect, test } from 'vitest';
import { formatDuration, formatLongTime, formatTimeAgo, formatTimeLeft } from '#lib/format/duration';

test.each([
  [0.02, 'under 0.1 s'],
  [0.44, '0.4 s'],
  [9.99, '10 s'],
  [59.4, '59 s'],
  [192, '3 min 12 s'],
  [3599.6, '1 h'],
  [7500, '2 h 5 min'],
  [345_600, '4 days'],
])('formatDuration formats %d seconds as %j', (seconds, text) => {
  expect(formatDuration(seconds).replaceAll('\u00a0', ' ')).toBe(text);
});

test('formatTimeLeft formats 0 seconds as one second', () => {
  expect(formatTimeLeft(0).replaceAll('\u00a0', ' ')).toBe('about 1 s');
});

test.each([
  [5, '5 seconds'],
  [7_200, '2 hours'],
  [37_780_200, '14 months'],
  [3.2e15, '101 million years'],
])('formatLongTime formats %d seconds as %j', (seconds, text) => {
  expect(formatLongTime(seconds)).toBe(text);
});

test.each([
  ['2026-11-23T11:59:30.000Z', 'just now'],
  ['2026-11-23T12:00:01.000Z', 'just now'],
  ['2026-11-23T11:58:00.000Z', '2 minutes ago'],
  ['2026-11-22T11:00:00.000Z', '1 day ago'],
])('formatTimeAgo formats %s as %j at 2026-11-23, 12:00', (then, text) => {
  expect(formatTimeAgo(then, '2026-11-23T12:00:00.000Z')).toBe(text);
});

import { expect, test } from 'vitest';
import { fillDays } from '#components/uses/calendar.ts';

test('fillDays adds the days without a use between the first and the last day, across the end of a month', () => {
  const byDay = [
    { day: '2027-02-27', used: 2 },
    { day: '2027-03-02', used: 1 },
  ];
  expect(fillDays(byDay)).toEqual([
    { day: '2027-02-27', used: 2 },
    { day: '2027-02-28', used: 0 },
    { day: '2027-03-01', used: 0 },
    { day: '2027-03-02', used: 1 },
  ]);
});

test('fillDays keeps the latest 60 days', () => {
  const days = fillDays([
    { day: '2026-01-01', used: 9 },
    { day: '2026-12-31', used: 1 },
  ]);
  expect(days).toHaveLength(60);
  expect(days.at(0)).toEqual({ day: '2026-11-02', used: 0 });
  expect(days.at(-1)).toEqual({ day: '2026-12-31', used: 1 });
});

test('fillDays has no days without a use', () => expect(fillDays([])).toEqual([]));

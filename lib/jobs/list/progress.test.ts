import { describe, expect, test } from 'vitest';
import { secondsLeft } from '#lib/jobs/list/progress';

describe('the time a job still needs', () => {
  test('follows from the rate of its run', () => {
    expect(secondsLeft({ done: 25, total: 100, rate: 5, secondsSince: 0 })).toBe(15);
  });

  test('runs down while nothing new is counted, to nothing and not below', () => {
    expect(secondsLeft({ done: 25, total: 100, rate: 5, secondsSince: 4 })).toBe(11);
    expect(secondsLeft({ done: 90, total: 100, rate: 5, secondsSince: 4 })).toBe(0);
  });

  test.each([
    ['no rate is measured', { done: 25, total: 100, rate: null, secondsSince: 0 }],
    ['nothing gets on', { done: 25, total: 100, rate: 0, secondsSince: 0 }],
    ['the run stalls', { done: 25, total: 100, rate: 5, secondsSince: 11 }],
  ])('is unknown while %s', (_, measured) => {
    expect(secondsLeft(measured)).toBeNull();
  });
});

import { describe, expect, test } from 'vitest';
import { secondsLeft } from '#lib/jobs/list/progress';

describe('secondsLeft', () => {
  test('secondsLeft divides the remaining work by the rate of the run', () => {
    expect(secondsLeft({ done: 25, total: 100, rate: 5, secondsSince: 0 })).toBe(15);
  });

  test('secondsLeft decreases to 0 between two counts of progress', () => {
    expect(secondsLeft({ done: 25, total: 100, rate: 5, secondsSince: 4 })).toBe(11);
    expect(secondsLeft({ done: 90, total: 100, rate: 5, secondsSince: 4 })).toBe(0);
  });

  test.each([
    ['no rate has been measured', { done: 25, total: 100, rate: null, secondsSince: 0 }],
    ['there is no progress', { done: 25, total: 100, rate: 0, secondsSince: 0 }],
    ['the run is stalled', { done: 25, total: 100, rate: 5, secondsSince: 11 }],
  ])('secondsLeft is null while %s', (_, measured) => {
    expect(secondsLeft(measured)).toBeNull();
  });
});

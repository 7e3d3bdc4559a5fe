import { describe, expect, test } from 'vitest';
import { secondsLeft } from '#lib/jobs/progress';

describe('the time a job still needs', () => {
  test('follows from the rate of its own run', () => {
    expect(secondsLeft({ done: 25, total: 100, secondsMeasured: 5, secondsWorked: 5 })).toBe(15);
  });

  test('runs down while nothing new is counted, to nothing and not below', () => {
    expect(secondsLeft({ done: 25, total: 100, secondsMeasured: 5, secondsWorked: 9 })).toBe(11);
    expect(secondsLeft({ done: 90, total: 100, secondsMeasured: 5, secondsWorked: 9 })).toBe(0);
  });

  test.each([
    ['nothing is done', { done: 0, total: 100, secondsMeasured: 5, secondsWorked: 5 }],
    ['nothing is measured', { done: 25, total: 100, secondsMeasured: null, secondsWorked: 5 }],
    ['no time has passed', { done: 25, total: 100, secondsMeasured: 0, secondsWorked: 0 }],
    ['it has not started', { done: 25, total: 100, secondsMeasured: null, secondsWorked: null }],
    ['the end is unknown', { done: 25, total: null, secondsMeasured: 5, secondsWorked: 5 }],
    ['the run stalls', { done: 25, total: 100, secondsMeasured: 5, secondsWorked: 16 }],
  ])('is unknown while %s', (_, measured) => {
    expect(secondsLeft(measured)).toBeNull();
  });
});

import { expect, test } from 'vitest';
import { guessesForAHit, leastSafeLength } from '#components/jobs/odds.ts';
import { codeSpace } from '#lib/codes/generator/alphabet';

test('the odds of a guess are the codes that are live among all that a length can make', () => {
  expect(guessesForAHit(1000, 8)).toBeCloseTo(377_801_998.336, 3);
  expect(guessesForAHit(0, 8)).toBeNull();
});

test('the least safe length keeps a thousandth of its space free of more codes', () => {
  expect(leastSafeLength(1)).toBe(8);
  expect(leastSafeLength(Math.floor(codeSpace(8) / 1000))).toBe(8);
  expect(leastSafeLength(Math.ceil(codeSpace(8) / 1000))).toBe(9);
  expect(leastSafeLength(codeSpace(16))).toBeNull();
});

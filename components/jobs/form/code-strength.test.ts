import { expect, test } from 'vitest';
import { expectedGuesses, minSafeLength } from '#components/jobs/form/code-strength.ts';
import { codeSpace } from '#lib/codes/generator/alphabet';

test('the odds of a guess are the codes that are live among all that a length can make', () => {
  expect(expectedGuesses(1000, 8)).toBeCloseTo(377_801_998.336, 3);
  expect(expectedGuesses(0, 8)).toBeNull();
});

test('the least safe length keeps a thousandth of its space free of more codes', () => {
  expect(minSafeLength(1)).toBe(8);
  expect(minSafeLength(Math.floor(codeSpace(8) / 1000))).toBe(8);
  expect(minSafeLength(Math.ceil(codeSpace(8) / 1000))).toBe(9);
  expect(minSafeLength(codeSpace(16))).toBeNull();
});

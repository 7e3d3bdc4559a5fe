import { expect, test } from 'vitest';
import { expectedGuesses, minSafeLength } from '#components/jobs/form/code-strength.ts';
import { codeSpace } from '#lib/codes/generator/alphabet';

test('expectedGuesses divides the number of possible codes by the number of existing codes', () => {
  expect(expectedGuesses(1000, 8)).toBeCloseTo(377_801_998.336, 3);
  expect(expectedGuesses(0, 8)).toBeNull();
});

test('minSafeLength returns the shortest length at which at most one in 1,000 possible codes is in use', () => {
  expect(minSafeLength(1)).toBe(8);
  expect(minSafeLength(Math.floor(codeSpace(8) / 1000))).toBe(8);
  expect(minSafeLength(Math.ceil(codeSpace(8) / 1000))).toBe(9);
  expect(minSafeLength(codeSpace(16))).toBeNull();
});

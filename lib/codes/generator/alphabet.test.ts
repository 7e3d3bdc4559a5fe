import { expect, test } from 'vitest';
import { alphabet, codeSpace, formatCode } from '#lib/codes/generator/alphabet';

test('the alphabet has no similar symbols and no vowels', () => {
  expect(new Set(alphabet).size).toBe(28);
  expect(alphabet).not.toMatch(/[01aeioul]/);
  expect(alphabet).toBe(alphabet.toLowerCase());
});

test.each([
  ['22bb33cc', undefined, '22bb-33cc'],
  ['22bb33cc4d', undefined, '22bb-33cc-4d'],
  ['22bb33cc', 'summer', 'summer-22bb-33cc'],
  ['22bb33cc', 'summer-', 'summer-22bb-33cc'],
  ['22bb33cc', 'SuMMer', 'SuMMer-22bb-33cc'],
  ['22bb33cc', '', '22bb-33cc'],
])('formatCode of %s with the prefix %j is %s', (random, prefix, code) => {
  expect(formatCode(random, prefix)).toBe(code);
});

test('codeSpace of eight characters is 3.8e11', () => {
  expect(codeSpace(8)).toBeCloseTo(3.78e11, -10);
});

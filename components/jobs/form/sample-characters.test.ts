import { expect, test } from 'vitest';
import { sampleCharacters } from '#components/jobs/form/sample-characters.ts';
import { alphabet } from '#lib/codes/generator/alphabet';

test('sampleCharacters holds three samples of 16 characters of the code alphabet until drawOthers replaces them', () => {
  const first = sampleCharacters.now();
  expect(first).toHaveLength(3);
  for (const sample of first) expect(sample).toMatch(new RegExp(`^[${alphabet}]{16}$`));
  expect(sampleCharacters.now()).toBe(first);
  const notifications: string[] = [];
  const unsubscribe = sampleCharacters.subscribe(() => notifications.push('changed'));
  sampleCharacters.drawOthers();
  unsubscribe();
  expect(notifications).toEqual(['changed']);
  expect(sampleCharacters.now()).not.toEqual(first);
});

test('sampleCharacters has empty samples on the server, so that the HTML and the first browser render agree', () => {
  expect(sampleCharacters.onServer()).toEqual(['', '', '']);
});

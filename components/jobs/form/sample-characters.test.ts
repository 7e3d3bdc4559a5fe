import { expect, test } from 'vitest';
import { sampleCharacters } from '#components/jobs/form/sample-characters.ts';
import { alphabet } from '#lib/codes/generator/alphabet';

test('samples are three of the longest codes, of the right characters, and stay until others are drawn', () => {
  const first = sampleCharacters.now();
  expect(first).toHaveLength(3);
  for (const sample of first) expect(sample).toMatch(new RegExp(`^[${alphabet}]{16}$`));
  expect(sampleCharacters.now()).toBe(first);
  const heard: string[] = [];
  const stop = sampleCharacters.subscribe(() => heard.push('others'));
  sampleCharacters.drawOthers();
  stop();
  expect(heard).toEqual(['others']);
  expect(sampleCharacters.now()).not.toEqual(first);
});

test('the server has none, so that its page and the browser’s first one agree', () => {
  expect(sampleCharacters.onServer()).toEqual(['', '', '']);
});

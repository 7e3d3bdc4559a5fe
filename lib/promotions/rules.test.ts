import { expect, test } from 'vitest';
import { checkLength, nameOfCopy } from '#lib/promotions/rules';

const start = new Date('2026-01-01T00:00:00Z');
const [lastDay, tooLate] = [new Date('2027-01-01T00:00:00.000Z'), new Date('2027-01-01T00:00:00.001Z')];

test('checkLength limits a promotion of more than 1000 codes to 365 days and names the latest allowed end', () => {
  expect(() => checkLength(1001, { start, end: lastDay }, 'end')).not.toThrow();
  expect(() => checkLength(1000, { start, end: tooLate }, 'end')).not.toThrow();
  expect(() => checkLength(1001, { start, end: tooLate }, 'end')).toThrow(
    expect.objectContaining({ status: 422, problems: [{ detail: expect.stringContaining('2027-01-01T00:00:00Z'), source: 'end' }] }),
  );
});

test('nameOfCopy stays within the limit of a name and splits no character', () => {
  expect(nameOfCopy('May')).toBe('Copy of May');
  const copy = nameOfCopy(`${'a'.repeat(246)}😀`);
  expect(copy).toBe(`Copy of ${'a'.repeat(246)}`);
  expect(nameOfCopy('a'.repeat(255))).toHaveLength(255);
  for (const character of ['👩🏽‍🚀', '🇩🇪', 'é'.normalize('NFD'), '각'.normalize('NFD')])
    expect(nameOfCopy(`${'a'.repeat(246)}${character}`)).toBe(`Copy of ${'a'.repeat(246)}`);
  expect(nameOfCopy('a'.repeat(255), 12)).toBe(`Copy 12 of ${'a'.repeat(244)}`);
});

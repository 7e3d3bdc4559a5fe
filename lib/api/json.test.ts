import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '#lib/api/json';

const refusalOf = (text: string, list?: string) =>
  parseJson(text, list).then(
    () => null,
    ({ code, message }) => `${code}: ${message}`,
  );

const long = (value: unknown, n: number) => Array.from({ length: n }, () => value);

describe('parseJson', () => {
  test('gives the value that JSON.parse gives, wherever the list is and however it is written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.array(fc.jsonValue()), fc.constantFrom(undefined, 1, 2), async (other, codes, space) => {
        for (const value of [{ codes }, { data: { other, codes } }, { other, data: { codes, other } }, { data: { codes: other } }, other]) {
          const text = JSON.stringify(value, null, space);
          expect(await parseJson(text, 'codes')).toEqual(JSON.parse(text));
          expect(await parseJson(text)).toEqual(JSON.parse(text));
        }
      }),
    );
  });

  test('puts a long list together from its parts', async () => {
    const codes = Array.from({ length: 30_000 }, (_, n) => ({ code: `a,]}"\\${n}`, user: ['ann', { of: [n] }] }));
    const value = { data: { type: 'promotion_codes', codes, consume_unit: 'per_cart' } };
    expect(await parseJson(JSON.stringify(value), 'codes')).toEqual(value);
  });

  test.each([
    '{',
    '{"codes":[',
    '{"codes":[1,]}',
    '{"codes":[,1]}',
    '{"codes":[1 2]}',
    '{"codes":[1}',
    '{"codes":["a]}',
    '{"codes":[1]]}',
    `{"codes":[${'"aaaaaaaa",'.repeat(20_000)}]}`,
    `{"codes":[${'"aaaaaaaa",'.repeat(20_000)},1]}`,
    `{"codes":[${'"aaaaaaaa",'.repeat(20_000)}`,
  ])('refuses %.40s as no JSON', async (text) => {
    expect(await refusalOf(text, 'codes')).toBe('bad_request: The body is not valid JSON');
  });

  test('refuses a list that stands there twice', async () => {
    expect(await refusalOf('{"codes":[1],"codes":[2]}', 'codes')).toBe('bad_request: The body holds its list twice');
    expect(await refusalOf('{"codes":[1],"data":{"codes":[2]}}', 'codes')).toBe('bad_request: The body holds its list twice');
  });

  test('refuses what is nested more than 64 deep, inside the list and beside it', async () => {
    const deep = `${'['.repeat(100_000)}`;
    for (const text of [deep, `{"codes":${deep}`, `{"codes":[],"x":${deep}`])
      expect(await refusalOf(text, 'codes')).toBe('bad_request: The body is nested more than 64 deep');
  });

  test('refuses an entry of more than 64 KB, and more than 256 KB beside the list', async () => {
    expect(await refusalOf(JSON.stringify({ codes: [1, long('aaaaaaaa', 30_000)] }), 'codes')).toMatch(/^too_large: An entry of the list/);
    expect(await refusalOf(JSON.stringify({ codes: [1], x: long('aaaaaaaa', 30_000) }), 'codes')).toMatch(
      /^too_large: .* beside its list$/,
    );
    expect(await refusalOf(JSON.stringify({ other: { codes: long('aaaaaaaa', 30_000) } }), 'codes')).toMatch(/^too_large: /);
  });
});

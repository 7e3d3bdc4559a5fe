import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseJson } from '#lib/api/json';

const errorOf = (text: string, list?: string) =>
  parseJson(text, list).then(
    () => null,
    ({ code, message }) => `${code}: ${message}`,
  );

const long = (value: unknown, n: number) => Array.from({ length: n }, () => value);

describe('parseJson', () => {
  test('parseJson returns the same value as JSON.parse for every position and spacing of the list', async () => {
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

  test('parseJson returns a long list that it parses in parts', async () => {
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
  ])('parseJson rejects the invalid JSON %.40s', async (text) => {
    expect(await errorOf(text, 'codes')).toBe('bad_request: The body is not valid JSON');
  });

  test('parseJson rejects a body with two lists', async () => {
    expect(await errorOf('{"codes":[1],"codes":[2]}', 'codes')).toBe('bad_request: The body contains its list twice');
    expect(await errorOf('{"codes":[1],"data":{"codes":[2]}}', 'codes')).toBe('bad_request: The body contains its list twice');
  });

  test('parseJson rejects more than 64 levels of nesting inside and outside the list', async () => {
    const deep = `${'['.repeat(100_000)}`;
    for (const text of [deep, `{"codes":${deep}`, `{"codes":[],"x":${deep}`])
      expect(await errorOf(text, 'codes')).toBe('bad_request: The body has more than 64 levels of nesting');
  });

  test('parseJson rejects a list entry of more than 64 KB and more than 256 KB outside the list', async () => {
    expect(await errorOf(JSON.stringify({ codes: [1, long('aaaaaaaa', 30_000)] }), 'codes')).toMatch(/^too_large: An entry of the list/);
    expect(await errorOf(JSON.stringify({ codes: [1], x: long('aaaaaaaa', 30_000) }), 'codes')).toMatch(/^too_large: .* outside its list$/);
    expect(await errorOf(JSON.stringify({ other: { codes: long('aaaaaaaa', 30_000) } }), 'codes')).toMatch(/^too_large: /);
  });
});

import { expect, test } from 'vitest';
import { readFilter } from '#lib/input/filter';

const eq = (attribute: string, value: string) => ({ operator: 'eq', attribute, value });

test.each<[string, unknown[]]>([
  ['', []],
  ['eq(code,a)', [eq('code', 'a')]],
  ['eq(code, a b )', [eq('code', 'a b')]],
  ['eq(code,a(b):c)', [eq('code', 'a(b):c')]],
  ['eq(code,"SUMMER SALE")', [eq('code', 'SUMMER SALE')]],
  ['eq(code, "a, b):eq(c,d" )', [eq('code', 'a, b):eq(c,d')]],
  [String.raw`eq(code,"a \"b\" \\")`, [eq('code', 'a "b" \\')]],
  ['eq(code,a"b")', [eq('code', 'a"b"')]],
  [
    'le(used_on,2023-07-11):lt(used_on,x)',
    [
      { operator: 'le', attribute: 'used_on', value: '2023-07-11' },
      { operator: 'lt', attribute: 'used_on', value: 'x' },
    ],
  ],
  ['gt(code,x):eq(status,"failed")', [{ operator: 'gt', attribute: 'code', value: 'x' }, eq('status', 'failed')]],
])('readFilter reads %s', (text, terms) => {
  expect(readFilter(text)).toEqual(terms);
});

test.each([
  ' ',
  'eq(code)',
  'eq(code,)',
  'eq(code, )',
  'eq(code,"")',
  'eq(code," ")',
  'eq(code,"a)',
  'eq(code,"a"b)',
  'eq(code,"a\n")',
  'eq(code,a,b)',
  'eq(code,a)eq(code,b)',
  'eq(code,a):',
  ':eq(code,a)',
  'like(code,a)',
  'eq(code,a):like(code,b)',
  'EQ(code,a)',
])('readFilter rejects %j', (text) => {
  expect(readFilter(text)).toBeNull();
});

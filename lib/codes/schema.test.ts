import { describe, expect, test } from 'vitest';
import { addCodesInput, chosenCode, codeLimits, codesAddress, lookUpInput } from '#lib/codes/schema';
import { codeStatus } from '#lib/codes/status';
import { longestHold } from '#lib/testing/event-loop';

describe('a chosen code', () => {
  test.each(['A', '7', 'SALE10', 'summer-aa2b_3c4d', 'a!#$%&()*+-./:<=>?@[\\]^_`{|}~', 'x'.repeat(100)])(
    'chosenCode accepts %j',
    (code) => {
      expect(chosenCode.safeParse(code).success).toBe(true);
    },
  );

  test.each([
    '',
    'a b',
    'a,b',
    'a;b',
    'a"b',
    "a'b",
    '=1+1',
    '+1',
    '-1',
    '@a',
    'a\n',
    'a\0',
    'é',
    'А1',
    'a😀',
    'a\u202e',
    'a\u200bb',
    '\u200b',
    'x'.repeat(101),
    7,
    null,
  ])('chosenCode rejects %j', (code) => {
    expect(chosenCode.safeParse(code).success).toBe(false);
  });
});

test.each([' SALE10', 'SALE10\u00a0', '\ufeffSALE10', '\u200bSALE10\u3000 ', 'SALE10\u00ad'])(
  'of the chosen code %j the blanks around it are cut',
  (code) => {
    expect(chosenCode.parse(code)).toBe('SALE10');
  },
);

test('addCodesInput drops unknown fields and rejects uses that are no count', () => {
  const [code] = addCodesInput.parse({ codes: [{ code: 'SALE10', id: 1 }] }).codes;
  expect(code).toEqual({ code: 'SALE10' });
  for (const uses of [-1, 1.5, '1', 2 ** 31]) expect(addCodesInput.safeParse({ codes: [{ code: 'A', uses }] }).success).toBe(false);
});

test('lookUpInput rejects a list that is too long and states its length', () => {
  const list = (n: number) => lookUpInput.safeParse({ text: Array.from({ length: n }, (_, i) => `code-${i}`).join('\n') });
  expect(list(codeLimits.lookedUpAtOnce).success).toBe(true);
  expect(list(501).error?.issues[0]?.message).toBe('Paste at most 500 codes at a time, not 501');
  expect(list(0).error?.issues[0]?.message).toBe('Paste some codes');
});

test.each([
  ['signs that are 18 letters each in plain form', '\uFDFA'.repeat(85_000)],
  ['the same, as words', '\uFDFA '.repeat(64_000)],
  ['one-letter words', 'a '.repeat(128_000)],
  ['500 codes of 120 letters', Array.from({ length: 500 }, (_, n) => `${n}`.padEnd(120, 'x')).join('\n')],
])('lookUpInput parses a text of %s in less than 50 ms', async (_, text) => {
  expect(await longestHold(async () => lookUpInput.safeParse({ text }))).toBeLessThan(50);
});

test('codesAddress treats invalid values as absent', () => {
  const none = { search: '', order: 'newest', page: 1 };
  expect(codesAddress.parse({})).toEqual(none);
  for (const page of ['0', '-1', 'abc', '402', '1e9', ['1', '2']]) expect(codesAddress.parse({ page })).toEqual(none);
  expect(codesAddress.parse({ search: 'a\0b', order: 'size', page: '401' })).toEqual({ ...none, page: 401 });
});

test.each([
  [null, null, 'running', 'usable'],
  [5, 2, 'running', 'usable'],
  [5, 0, 'running', 'used up'],
  [0, 0, 'running', 'not for use'],
  [5, 0, 'ended', 'used up'],
  [5, 5, 'ended', 'ended'],
  [null, null, 'off', 'off'],
  [null, null, 'scheduled', 'scheduled'],
] as const)('codeStatus of %j uses, %j left, in a promotion that is %s is %s', (maxUses, usesLeft, promotion, status) => {
  expect(codeStatus({ maxUses, usesLeft }, promotion)).toBe(status);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClientInput } from '#lib/clients/schema';
import { addCodesInput } from '#lib/codes/schema';
import { cleanText } from '#lib/input/text';
import { createJobInput } from '#lib/jobs/schema';
import { discounts } from '#lib/promotions/discounts';
import { promotionChanges, promotionListInput } from '#lib/promotions/schema';
import { createUserInput, signInInput } from '#lib/users/schema';

const nobodySees = [
  '\u200b',
  '\u200c',
  '\u200d',
  '\u2060',
  '\ufeff',
  '\u00ad',
  '\u034f',
  '\u115f',
  '\u3164',
  '\u180e',
  '\u2800',
  '\ufe0f',
  '\u{e0061}',
];
const bidi = ['\u061c', '\u200e', '\u200f', '\u202a', '\u202e', '\u2066', '\u2069'];
const blanks = [' ', '\u00a0', '\u2003', '\u202f', '\u3000'];

describe('cleanText', () => {
  test.each([...nobodySees, ...bidi])('cleanText removes %j everywhere', (sign) => {
    expect(cleanText(`${sign}Für${sign} Köln${sign}`)).toBe('Für Köln');
    expect(cleanText(sign.repeat(3))).toBe('');
  });

  test.each(blanks)('cleanText removes %j at both ends', (blank) => {
    expect(cleanText(`${blank}${blank}May Day${blank}`)).toBe('May Day');
  });

  test('cleanText composes letters and accents (NFC), also across removed characters', () => {
    expect(cleanText('Fu\u0308r Ko\u200b\u0308ln')).toBe('Für Köln');
  });

  test('cleanText returns composed, visible text without outer blanks, and is idempotent', () => {
    const piece = fc.oneof(fc.constantFrom(...nobodySees, ...bidi, ...blanks, '\u0301', 'e'), fc.string({ unit: 'binary', maxLength: 3 }));
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join('')),
        (text) => {
          const clean = cleanText(text);
          expect(cleanText(clean)).toBe(clean);
          expect(clean).toBe(clean.normalize('NFC').trim());
          expect(clean).not.toMatch(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/u);
        },
      ),
    );
  });
});

const given = ' Fu\u0308r\u200b\u202e Köln\u00a0';
const kept = 'Für Köln';

test.each<[string, () => unknown, unknown]>([
  ['the name of a promotion', () => promotionChanges.parse({ name: given }).name, kept],
  [
    'the description of a promotion',
    () => promotionChanges.parse({ description: `${given}\r\n${given}` }).description,
    `${kept}\u00a0\r\n ${kept}`,
  ],
  ['what promotions are searched by', () => promotionListInput.parse({ search: given }).search, kept],
  ['an SKU', () => discounts.item_percent_discount.parse({ targets: [given], percent: 5 }).targets, [kept]],
  ['the name of a job', () => createJobInput.parse({ job_type: 'code_export', name: given }).name, kept],
  ['the user of a code', () => addCodesInput.parse({ codes: [{ code: 'A', user: given }] }).codes[0]?.user, kept],
  ['the name of a client', () => createClientInput.parse({ name: given }).name, kept],
  ['the name of a person', () => createUserInput.parse({ name: given, email: 'a@example.com', role: 'viewer' }).name, kept],
  [
    'the e-mail address of a person',
    () => createUserInput.parse({ name: 'A', email: '\u200bA@Example.com ', role: 'viewer' }).email,
    'a@example.com',
  ],
  ['the e-mail address at the sign-in', () => signInInput.parse({ email: '\u200bA@Example.com ', password: 'x' }).email, 'a@example.com'],
])('%s is cleaned before it is stored or compared', (_, parse, expected) => {
  expect(parse()).toEqual(expected);
});

describe.each([
  ['promotion', (name: string) => promotionChanges.safeParse({ name })],
  ['client', (name: string) => createClientInput.safeParse({ name })],
  ['person', (name: string) => createUserInput.safeParse({ name, email: 'a@example.com', role: 'viewer' })],
  ['SKU', (name: string) => discounts.item_percent_discount.safeParse({ targets: [name], percent: 5 })],
] as const)('the name of a %s', (_, parse) => {
  test.each(['\u200b\u200b', '\u3164', ' \u00ad\u2800 ', '\u202e'])('a name that consists of %j is rejected as empty', (name) => {
    expect(parse(name).success).toBe(false);
  });

  test.each(['a\nb', 'a\u2028b', 'a\0b', 'a\u0085b', '\ud800'])(
    'is refused with a control character or half a character in it: %j',
    (name) => {
      expect(parse(name).success).toBe(false);
    },
  );
});

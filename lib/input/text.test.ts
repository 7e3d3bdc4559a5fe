import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createClientInput } from '#lib/clients/schema';
import { addCodesInput } from '#lib/codes/schema';
import { cleanText } from '#lib/input/text';
import { createJobInput } from '#lib/jobs/schema';
import { discounts } from '#lib/promotions/discounts';
import { promotionChanges, promotionListInput } from '#lib/promotions/schema';
import { createUserInput, signInInput } from '#lib/users/schema';

const invisible = [
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
  test.each([...invisible, ...bidi])('cleanText removes %j everywhere', (sign) => {
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
    const piece = fc.oneof(fc.constantFrom(...invisible, ...bidi, ...blanks, '\u0301', 'e'), fc.string({ unit: 'binary', maxLength: 3 }));
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

const original = ' Fu\u0308r\u200b\u202e Köln\u00a0';
const cleaned = 'Für Köln';

test.each<[string, () => unknown, unknown]>([
  ['the name of a promotion', () => promotionChanges.parse({ name: original }).name, cleaned],
  [
    'the description of a promotion',
    () => promotionChanges.parse({ description: `${original}\r\n${original}` }).description,
    `${cleaned}\u00a0\r\n ${cleaned}`,
  ],
  ['the search text of the list of promotions', () => promotionListInput.parse({ search: original }).search, cleaned],
  ['an SKU', () => discounts.item_percent_discount.parse({ targets: [original], percent: 5 }).targets, [cleaned]],
  ['the name of a job', () => createJobInput.parse({ job_type: 'code_export', name: original }).name, cleaned],
  ['the user of a code', () => addCodesInput.parse({ codes: [{ code: 'A', user: original }] }).codes[0]?.user, cleaned],
  ['the name of a client', () => createClientInput.parse({ name: original }).name, cleaned],
  ['the name of a user', () => createUserInput.parse({ name: original, email: 'a@example.com', role: 'viewer' }).name, cleaned],
  [
    'the email address of a user',
    () => createUserInput.parse({ name: 'A', email: '\u200bA@Example.com ', role: 'viewer' }).email,
    'a@example.com',
  ],
  ['the email address of a sign-in', () => signInInput.parse({ email: '\u200bA@Example.com ', password: 'x' }).email, 'a@example.com'],
])('the schema of %s cleans the text', (_, parse, expected) => {
  expect(parse()).toEqual(expected);
});

describe.each([
  ['promotion', (name: string) => promotionChanges.safeParse({ name })],
  ['client', (name: string) => createClientInput.safeParse({ name })],
  ['user', (name: string) => createUserInput.safeParse({ name, email: 'a@example.com', role: 'viewer' })],
  ['SKU', (name: string) => discounts.item_percent_discount.safeParse({ targets: [name], percent: 5 })],
] as const)('the schema of a %s name', (_, parse) => {
  test.each(['\u200b\u200b', '\u3164', ' \u00ad\u2800 ', '\u202e'])(
    'a name of only invisible characters is rejected as empty: %j',
    (name) => {
      expect(parse(name).success).toBe(false);
    },
  );

  test.each(['a\nb', 'a\u2028b', 'a\0b', 'a\u0085b', '\ud800'])(
    'a name with a control character or a lone surrogate is rejected: %j',
    (name) => {
      expect(parse(name).success).toBe(false);
    },
  );
});

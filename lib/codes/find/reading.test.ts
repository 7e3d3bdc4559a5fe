import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bareCode, codeOfShape, linesOf, shapesOf, spellings } from '#lib/codes/find/reading';
import { alphabet, formatCode } from '#lib/codes/generator/alphabet';

const code = 'mail-4wfm-w8xj';

describe('spellings', () => {
  test.each([
    ['an en dash', 'mail–4wfm–w8xj'],
    ['a dash that does not break', 'mail\u20114wfm\u2011w8xj'],
    ['a minus sign', 'mail−4wfm−w8xj'],
    ['the long sound mark of a Japanese keyboard', 'mailー4wfmーw8xj'],
    ['full width', 'ｍａｉｌ－４ｗｆｍ－ｗ８ｘｊ'],
    ['a soft hyphen in it', 'mail-4wfm-w8\u00adxj'],
    ['a space without width in it', 'mail-4wfm\u200b-w8xj'],
    ['no-break spaces around it', '\u00a0mail-4wfm-w8xj\u00a0'],
    ['bidi marks around it', '\u202amail-4wfm-w8xj\u202c'],
    ['brackets and a full stop', '(mail-4wfm-w8xj).'],
    ['quotes', '“mail-4wfm-w8xj”,'],
    ['capitals', 'MAIL-4WFM-W8XJ'],
    ['markup', '**`mail-4wfm-w8xj`**'],
  ])('spellings reads a code with %s', (_, text) => {
    expect(spellings(text)).toContain(code);
  });

  test('spellings begins with the unchanged text, for a code with such characters', () => {
    for (const text of ['(a).', 'a–b', 'SALE10!', 'ｘ１']) expect(spellings(text)[0]).toBe(text.replace('SALE', 'sale'));
  });
});

describe('linesOf', () => {
  const words = (text: string) => linesOf(text).flatMap((line) => line.words);

  test('linesOf splits words at blanks, separators, quotes and line breaks of any kind', () => {
    expect(words('  aa2b-3c4d, SALE10;SALE11\r\n"x1"\tx2 “x3”\n\n x4，x5\0x6\u2028x7')).toEqual([
      'aa2b-3c4d',
      'SALE10',
      'SALE11',
      'x1',
      'x2',
      'x3',
      'x4',
      'x5',
      'x6',
      'x7',
    ]);
    expect(linesOf('one two\nthree').map(({ text }) => text)).toEqual(['one two', 'three']);
  });

  test('linesOf omits lines and words without a letter or digit', () => {
    expect(linesOf(' ,; \n – - \u200b\n')).toEqual([]);
    expect(words('mail - 4wfm – w8xj')).toEqual(['mail', '4wfm', 'w8xj']);
  });
});

test('bareCode is equal for all spellings of a generated code with the same letters and digits', () => {
  const character = fc.constantFrom(...alphabet);
  const random = fc.integer({ min: 8, max: 16 }).chain((length) => fc.array(character, { minLength: length, maxLength: length }));
  const between = fc.constantFrom('', '-', '–', '\u2011', '−', ' ', '\u00a0', ' - ', '\u00ad', '\u200b', '_');
  const around = fc.constantFrom(['', ''], ['(', ').'], ['“', '”'], ['\u200f', '\u00a0'], ['»', '«!']);
  const letters = fc.constantFrom<(text: string) => string>(
    (text) => text,
    (text) => text.toUpperCase(),
    (text) => text.replace(/[!-~]/g, (ascii) => String.fromCharCode(ascii.charCodeAt(0) + 0xfee0)),
  );
  fc.assert(
    fc.property(
      random,
      fc.stringMatching(/^[a-z0-9]{0,12}$/),
      between,
      around,
      letters,
      (characters, prefix, dash, [before, after], write) => {
        const generated = formatCode(characters.join(''), prefix);
        const written = `${before}${generated.split('-').map(write).join(dash)}${after}`;
        expect(shapesOf(bareCode(written)).map((shape) => codeOfShape(shape, shape.prefix))).toContain(generated);
      },
    ),
  );
});

test('shapesOf returns each possible split of a code into prefix and random characters', () => {
  expect(shapesOf('mail4wfmw8xj')).toEqual([{ prefix: 'mail', random: '4wfmw8xj' }]);
  expect(shapesOf('4wfmw8xj22')).toEqual([
    { prefix: '', random: '4wfmw8xj22' },
    { prefix: '4', random: 'wfmw8xj22' },
    { prefix: '4w', random: 'fmw8xj22' },
  ]);
  expect(shapesOf('short')).toEqual([]);
  expect(shapesOf('')).toEqual([]);
});

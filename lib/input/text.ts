import { z } from 'zod';

// What Unicode calls ignorable, all other format characters (bidi controls among them), and the Braille cell without a dot.
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]/gu;

/** Text as it is kept: NFC, without characters that nobody sees, blanks around it cut. */
export function cleanText(text: string): string {
  return withoutInvisible(text).normalize('NFC').trim();
}

/** Text without the characters that nobody sees. */
export function withoutInvisible(text: string): string {
  return text.replace(invisible, '');
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** As much of the beginning of `text` as fits, up to a whole character as readers see it: an emoji with its skin tone, a letter with its accents. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = 0;
  for (const { index, segment } of characters.segment(text)) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  return text.slice(0, end).trimEnd();
}

/** Text on one line, as it can be stored: {@link cleanText}, no control characters, no halves of characters. */
export const lineOfText = (max: number) =>
  z
    .string({ error: 'Enter text' })
    .overwrite(cleanText)
    .max(max, `Enter at most ${max} characters`)
    .refine((text) => text.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text), 'Leave out line breaks and control characters');

/** Text on any number of lines: {@link cleanText}, no control characters but tabs and line breaks. */
export const linesOfText = (max: number) =>
  z
    .string({ error: 'Enter text' })
    .overwrite(cleanText)
    .max(max, `Enter at most ${max} characters`)
    .refine((text) => text.isWellFormed() && !/[^\P{Cc}\n\r\t]/u.test(text), 'Leave out control characters');

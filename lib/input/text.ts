import { z } from 'zod';

// The default ignorable characters of Unicode, all other format characters (such as bidi controls), and the blank Braille cell.
const invisible = /[\p{Default_Ignorable_Code_Point}\p{Cf}\u2800]/gu;

/** Converts text into its stored form: NFC, trimmed, without invisible characters. */
export function cleanText(text: string): string {
  return withoutInvisible(text).normalize('NFC').trim();
}

/** Removes invisible characters. */
export function withoutInvisible(text: string): string {
  return text.replace(invisible, '');
}

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Truncates `text` to at most `max` code units, at the end of a visible character, such as an emoji with its skin tone. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = 0;
  for (const { index, segment } of characters.segment(text)) {
    if (index + segment.length > max) break;
    end = index + segment.length;
  }
  return text.slice(0, end).trimEnd();
}

/** A schema for one line of text. Applies {@link cleanText}; rejects control characters and lone surrogates. */
export const lineOfText = (max: number) =>
  z
    .string({ error: 'Enter text' })
    .overwrite(cleanText)
    .max(max, `Enter at most ${max} characters`)
    .refine((text) => text.isWellFormed() && !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text), 'Leave out line breaks and control characters');

/** A schema for text of several lines. Applies {@link cleanText}; rejects control characters except tabs and line breaks, and lone surrogates. */
export const linesOfText = (max: number) =>
  z
    .string({ error: 'Enter text' })
    .overwrite(cleanText)
    .max(max, `Enter at most ${max} characters`)
    .refine((text) => text.isWellFormed() && !/[^\P{Cc}\n\r\t]/u.test(text), 'Leave out control characters');

import { foldCode } from '#lib/codes/fold';
import { alphabet, formatCode } from '#lib/codes/generator/alphabet';
import { withoutInvisible } from '#lib/input/text';
import { jobLimits } from '#lib/jobs/limits';

// The dashes of Unicode, the minus signs and bullets that look like one, and what a Japanese keyboard types for one.
const dashes = /[\p{Pd}\u2212\u02d7\u2043\u30fc]/gu;
const around = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu;

const plainText = (text: string) => withoutInvisible(text.normalize('NFKC').replace(dashes, '-')).trim();
const withoutPunctuation = (text: string) => text.replace(around, '');

/** The ways to spell the code that a text means, folded, likeliest first: as it stands, in plain characters, without punctuation around it. */
export function spellings(text: string): string[] {
  const plain = plainText(text);
  return [...new Set([text.trim(), plain, withoutPunctuation(plain)].map(foldCode))].filter(Boolean);
}

/** A text without what carries no information where nothing else is found: case, dashes, blanks, punctuation around it. */
export function bareCode(text: string): string {
  return foldCode(withoutPunctuation(plainText(text))).replace(/[-_\s]/g, '');
}

/** What a job may have generated: its prefix, bare, and the random characters. */
export type Shape = { prefix: string; random: string };

const { min, max } = jobLimits.codeLength;
const randomEnd = new RegExp(`[${alphabet}]*$`);

/** The shapes of generated codes that a bare code can have, one for each length of the random characters. */
export function shapesOf(bare: string): Shape[] {
  const random = Math.min(max, bare.length - bare.search(randomEnd));
  return Array.from({ length: Math.max(0, random - min + 1) }, (_, i) => bare.length - random + i).map((at) => ({
    prefix: bare.slice(0, at),
    random: bare.slice(at),
  }));
}

/** The code of a shape, with its dashes where a job puts them. `prefix` is spelled as the job has it. */
export function codeOfShape({ random }: Shape, prefix: string): string {
  return foldCode(formatCode(random, prefix));
}

/** A line of a pasted text, and its words: what stands between blanks, commas, semicolons and quotes. */
export type Line = { text: string; words: string[] };

/** The lines of a text that somebody pasted, without those that have no word. */
export function linesOf(text: string): Line[] {
  return text
    .split(/[\p{Cc}\u2028\u2029]+/u)
    .map((line) => ({ text: line.trim(), words: line.split(/[\p{Zs},;，；、"'“”„‘’«»]+/u).filter((word) => bareCode(word)) }))
    .filter(({ words }) => words.length > 0);
}

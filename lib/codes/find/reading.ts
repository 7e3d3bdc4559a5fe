import { foldCode } from '#lib/codes/fold';
import { alphabet, formatCode } from '#lib/codes/generator/alphabet';
import { withoutInvisible } from '#lib/input/text';
import { jobLimits } from '#lib/jobs/limits';

// The dashes of Unicode, similar minus signs and bullets, and the long vowel mark of Japanese keyboards.
const dashes = /[\p{Pd}\u2212\u02d7\u2043\u30fc]/gu;
const around = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}\p{M}]+$/gu;

const plainText = (text: string) => withoutInvisible(text.normalize('NFKC').replace(dashes, '-')).trim();
const withoutPunctuation = (text: string) => text.replace(around, '');

/** The possible spellings of the code in a text, folded, most likely first: unchanged, in plain characters, without outer punctuation. */
export function spellings(text: string): string[] {
  const plain = plainText(text);
  return [...new Set([text.trim(), plain, withoutPunctuation(plain)].map(foldCode))].filter(Boolean);
}

/** A text without case, dashes, blanks and outer punctuation, for a search when no code has the exact spelling. */
export function bareCode(text: string): string {
  return foldCode(withoutPunctuation(plainText(text))).replace(/[-_\s]/g, '');
}

/** A split of a generated code into its bare prefix and its random characters. */
export type Shape = { prefix: string; random: string };

const { min, max } = jobLimits.codeLength;
const randomEnd = new RegExp(`[${alphabet}]*$`);

/** The possible shapes of a bare code, one for each length of the random characters. */
export function shapesOf(bare: string): Shape[] {
  const random = Math.min(max, bare.length - bare.search(randomEnd));
  return Array.from({ length: Math.max(0, random - min + 1) }, (_, i) => bare.length - random + i).map((at) => ({
    prefix: bare.slice(0, at),
    random: bare.slice(at),
  }));
}

/** The code of a shape, with the dashes that a job inserts. `prefix` is spelled as in the job. */
export function codeOfShape({ random }: Shape, prefix: string): string {
  return foldCode(formatCode(random, prefix));
}

/** A line of a pasted text and its words, separated by blanks, commas, semicolons and quotes. */
export type Line = { text: string; words: string[] };

/** The lines of a pasted text that contain a word. */
export function linesOf(text: string): Line[] {
  return text
    .split(/[\p{Cc}\u2028\u2029]+/u)
    .map((line) => ({ text: line.trim(), words: line.split(/[\p{Zs},;，；、"'“”„‘’«»]+/u).filter((word) => bareCode(word)) }))
    .filter(({ words }) => words.length > 0);
}

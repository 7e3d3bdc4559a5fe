import { randomInt } from 'node:crypto';
import { alphabet, codePattern } from '#lib/codes/generator/alphabet';
import { type CodeBlock, codesOf } from '#lib/codes/generator/block';
import { type IsRepeat, rememberNumbers } from '#lib/codes/generator/repeats';

/** Sorted codes in batches, whose text is created on demand, and separately the codes that may repeat earlier ones. */
export type Drawn = { batches: Iterable<CodeBlock>; repeats: string[] };

const symbols = Uint8Array.from(alphabet, (symbol) => symbol.charCodeAt(0));
const base = symbols.length;
// This many symbols fit into one random number, because 28^9 is below 2^48, the limit of randomInt. Numbers sort and compare much
// faster than text.
const mostInNumber = 9;

function numbersOf(codeLength: number): number {
  return base ** Math.min(codeLength, mostInNumber);
}

/** Generates `count` different codes of `codeLength` random characters each, sorted. They cannot be guessed. */
export function generateCodes(count: number, codeLength: number, prefix?: string | null): string[] {
  return [...drawCodes(count, count, codeLength, prefix).batches].flatMap(codesOf);
}

/** Remembers up to `count` codes for {@link drawCodes}, so that it recognizes repeats of earlier calls. */
export function rememberCodes(count: number, codeLength: number): IsRepeat {
  return rememberNumbers(count, numbersOf(codeLength));
}

/**
 * {@link generateCodes} in batches of `batchSize`. The order avoids deadlocks between two jobs with the same codes. Codes that
 * `isRepeat` may know are separated.
 */
export function drawCodes(
  count: number,
  batchSize: number,
  codeLength: number,
  prefix?: string | null,
  isRepeat: IsRepeat = () => false,
): Drawn {
  const toText = textOf(codeLength, prefix ?? '');
  const numbers = differentNumbers(count, numbersOf(codeLength));
  const repeats: number[] = [];
  let fresh = 0;
  for (const number of numbers) {
    if (isRepeat(number)) repeats.push(number);
    else numbers[fresh++] = number;
  }
  return { batches: inBatches(numbers.subarray(0, fresh), batchSize, toText), repeats: codesOf(toText(Float64Array.from(repeats))) };
}

function* inBatches(
  numbers: Float64Array,
  batchSize: number,
  toText: (numbers: Float64Array) => CodeBlock,
): Generator<CodeBlock, undefined> {
  for (let from = 0; from < numbers.length; from += batchSize) yield toText(numbers.subarray(from, from + batchSize));
}

/** Writes codes: the first random symbols of each come from a number, the others are drawn now. */
function textOf(codeLength: number, prefix: string): (numbers: Float64Array) => CodeBlock {
  const { text: pattern, randomAt } = codePattern(codeLength, prefix);
  const [first, others] = [randomAt.slice(0, mostInNumber), randomAt.slice(mostInNumber)];
  const fromLast = first.toReversed();
  const width = pattern.length;
  return (numbers) => {
    const text = Buffer.alloc(numbers.length * width, pattern, 'latin1');
    let at = 0;
    for (const number of numbers) {
      let rest = number;
      for (const position of fromLast) {
        const above = Math.floor(rest / base);
        text[at + position] = symbols[rest - above * base] ?? 0;
        rest = above;
      }
      for (const position of others) text[at + position] = symbols[randomInt(base)] ?? 0;
      at += width;
    }
    return { count: numbers.length, width, text };
  };
}

/** Different random numbers below `end`, sorted. The alphabet is sorted too, so the codes have the same order. */
function differentNumbers(count: number, end: number): Float64Array {
  const numbers = new Float64Array(count);
  let different = 0;
  while (different < count) {
    for (let i = different; i < count; i++) numbers[i] = randomInt(end);
    numbers.sort();
    different = 0;
    for (const number of numbers) if (number !== numbers[different - 1]) numbers[different++] = number;
  }
  return numbers;
}

import { randomInt } from 'node:crypto';
import { alphabet, codePattern } from '#lib/codes/generator/alphabet';
import { type CodeBlock, codesOf } from '#lib/codes/generator/block';
import { type IsRepeat, rememberNumbers } from '#lib/codes/generator/repeats';

/** Codes that were drawn, sorted, in batches whose text is made when it is asked for; and apart from them those that may repeat earlier ones. */
export type Drawn = { batches: Iterable<CodeBlock>; repeats: string[] };

const symbols = Uint8Array.from(alphabet, (symbol) => symbol.charCodeAt(0));
const base = symbols.length;
// So many symbols are one random number, since 28^9 is below the 2^48 that randomInt takes; and numbers are sorted and compared many
// times faster than text.
const mostInNumber = 9;

function numbersOf(codeLength: number): number {
  return base ** Math.min(codeLength, mostInNumber);
}

/** `count` different codes of `codeLength` random characters each, sorted. Nobody can guess them. */
export function generateCodes(count: number, codeLength: number, prefix?: string | null): string[] {
  return [...drawCodes(count, count, codeLength, prefix).batches].flatMap(codesOf);
}

/** What tells {@link drawCodes} which of `count` codes it has drawn in earlier calls. */
export function rememberCodes(count: number, codeLength: number): IsRepeat {
  return rememberNumbers(count, numbersOf(codeLength));
}

/**
 * The same as {@link generateCodes}, `batchSize` at a time. Sorted: two jobs that wait for each other's codes then wait in one direction, and
 * never in a circle. Those that `isRepeat` may know are set apart.
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

/** Writes codes: the first random symbols of each are those of a number, the others are drawn now. */
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

/** Different random numbers below `end`, sorted. The alphabet is in order, so that their order is that of the codes. */
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

import { randomFillSync } from 'node:crypto';
import { alphabet, codePattern } from '#lib/codes/alphabet';
import { type IsRepeat, rememberNumbers } from '#lib/codes/repeats';

/** Codes that were drawn, sorted, in batches whose text is made when it is asked for; and apart from them those that may be repeats of earlier ones. */
export type Drawn = { batches: Iterable<string[]>; repeats: string[] };

const symbols = Uint8Array.from(alphabet, (symbol) => symbol.charCodeAt(0));
const base = symbols.length;
// 252 = 9 × 28: bytes from here on would make some symbols likelier than others, and are thrown away.
const unbiasedBelow = 256 - (256 % base);
// 28^11 is below 2^53: so many symbols are one exact number, and numbers are sorted and compared many times faster than text.
const mostInNumber = 11;

const randomBytes = new Uint8Array(65_536);
let used = randomBytes.length;

/** The place of a symbol in the alphabet, each as likely as the others. */
function randomPlace(): number {
  for (;;) {
    if (used === randomBytes.length) {
      randomFillSync(randomBytes);
      used = 0;
    }
    const byte = randomBytes[used++] ?? unbiasedBelow;
    if (byte < unbiasedBelow) return byte % base;
  }
}

/** `count` different codes of `codeLength` random characters each, sorted. Nobody can guess them. */
export function makeCodes(count: number, codeLength: number, prefix?: string | null): string[] {
  return [...drawCodes(count, count, codeLength, prefix).batches].flat();
}

/** What tells {@link drawCodes} which of `count` codes it has drawn in earlier calls. */
export function rememberCodes(count: number, codeLength: number): IsRepeat {
  return rememberNumbers(count, base ** Math.min(codeLength, mostInNumber));
}

/**
 * The same, `batchSize` at a time: drawing them takes less than half of the time, and the text of a batch is made when it is asked for.
 * Sorted: two jobs that wait for each other's codes then wait in one direction, and never in a circle.
 */
export function drawCodes(
  count: number,
  batchSize: number,
  codeLength: number,
  prefix?: string | null,
  isRepeat: IsRepeat = () => false,
): Drawn {
  const toCode = codeOf(codeLength, prefix ?? '');
  const repeats: string[] = [];
  const fresh = differentNumbers(count, Math.min(codeLength, mostInNumber)).filter((number) => {
    const seen = isRepeat(number);
    if (seen) repeats.push(toCode(number));
    return !seen;
  });
  return { batches: inBatches(fresh, batchSize, toCode), repeats };
}

function* inBatches(numbers: Float64Array, batchSize: number, toCode: (number: number) => string): Generator<string[], undefined> {
  for (let from = 0; from < numbers.length; from += batchSize) {
    const codes: string[] = [];
    for (const number of numbers.subarray(from, from + batchSize)) codes.push(toCode(number));
    yield codes;
  }
}

/** Writes a code: its first random symbols are those of a number, the others are drawn now. */
function codeOf(codeLength: number, prefix: string): (number: number) => string {
  const { text, randomAt } = codePattern(codeLength, prefix);
  const [first, others] = [randomAt.slice(0, mostInNumber), randomAt.slice(mostInNumber)];
  const fromLast = first.toReversed();
  const code = Buffer.from(text, 'latin1');
  return (number) => {
    let rest = number;
    for (const position of fromLast) {
      const above = Math.floor(rest / base);
      code[position] = symbols[rest - above * base] ?? 0;
      rest = above;
    }
    for (const position of others) code[position] = symbols[randomPlace()] ?? 0;
    return code.toString('latin1');
  };
}

/** Random numbers of so many symbols, sorted. The alphabet is in order, so that their order is that of the codes. */
function differentNumbers(count: number, length: number): Float64Array {
  let different = new Float64Array(0);
  while (different.length < count) {
    const numbers = new Float64Array(count);
    numbers.set(different);
    for (let i = different.length; i < count; i++) {
      let number = 0;
      for (let n = 0; n < length; n++) number = number * base + randomPlace();
      numbers[i] = number;
    }
    numbers.sort();
    different = numbers.filter((number, i) => number !== numbers[i - 1]);
  }
  return different;
}

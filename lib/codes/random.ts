import { randomFillSync } from 'node:crypto';
import { alphabet, codePattern } from '#lib/codes/alphabet';

const symbols = Uint8Array.from(alphabet, (symbol) => symbol.charCodeAt(0));
// 252 = 9 × 28: bytes from here on would make some symbols likelier than others, and are thrown away.
const unbiasedBelow = 256 - (256 % symbols.length);

const randomBytes = new Uint8Array(65_536);
let used = randomBytes.length;

function randomSymbol(): number {
  for (;;) {
    if (used === randomBytes.length) {
      randomFillSync(randomBytes);
      used = 0;
    }
    const byte = randomBytes[used++] ?? unbiasedBelow;
    if (byte < unbiasedBelow) return symbols[byte % symbols.length] ?? 0;
  }
}

/**
 * `count` different codes of `codeLength` random characters each, nobody can guess them. Sorted: two jobs that wait
 * for each other's codes then wait in one direction, and never in a circle.
 */
export function makeCodes(count: number, codeLength: number, prefix?: string | null): string[] {
  const { text, randomAt } = codePattern(codeLength, prefix ?? '');
  const code = Buffer.from(text, 'latin1');
  const codes = new Set<string>();
  while (codes.size < count) {
    for (const position of randomAt) code[position] = randomSymbol();
    codes.add(code.toString('latin1'));
  }
  return [...codes].sort();
}

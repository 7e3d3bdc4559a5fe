import generator from 'voucher-code-generator';
import { alphabet, codePattern } from '#lib/codes/alphabet';
import { makeCodes } from '#lib/codes/random';
import type { Ground } from './ground.ts';
import { type Measurement, median, timed } from './measurement.ts';

const n = 100_000;
const codeLength = 8;
const warmUp = 2;
const turns = 9;

/**
 * Codes made in memory, as a slice makes them, beside the npm package that is most used for it, at the same pattern
 * and alphabet. Its codes come from Math.random and in no order; ours cannot be guessed, favour no symbol and are sorted.
 */
export async function measureCodesInMemory({ quick }: Ground): Promise<Measurement[]> {
  const pattern = codePattern(codeLength).text.replaceAll('\u00b7', '#');
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let turn = 0; turn < (quick ? 3 : warmUp + turns); turn += 1) {
    const [a, b] = [
      await timed(async () => makeCodes(n, codeLength)),
      await timed(async () => generator.generate({ count: n, pattern, charset: alphabet })),
    ];
    if (turn < warmUp) continue;
    ours.push(a);
    theirs.push(b);
  }
  const note = `${median(ours).toFixed(0)} ms for ${n.toLocaleString('en')}, and ${median(theirs).toFixed(0)} ms`;
  return [{ name: 'Codes made in memory, over voucher-code-generator', value: median(theirs) / median(ours), atLeast: 2, unit: '×', note }];
}

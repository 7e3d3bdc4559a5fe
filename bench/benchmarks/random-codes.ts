import generator from 'voucher-code-generator';
import { alphabet, codePattern } from '#lib/codes/generator/alphabet';
import { generateCodes } from '#lib/codes/generator/random';
import type { Context } from '../context.ts';
import { type Measurement, median, timed } from '../measurement.ts';

const n = 100_000;
const codeLength = 8;
const warmUp = 2;
const rounds = 9;

/**
 * Measures the generation of codes in memory, as in a slice. Baseline: the most used npm package, with the same pattern and alphabet.
 * The package uses Math.random and does not sort. The product's codes are unguessable, unbiased and sorted.
 */
export async function measureRandomCodes({ quick }: Context): Promise<Measurement[]> {
  const pattern = codePattern(codeLength).text.replaceAll('\u00b7', '#');
  const measured: number[] = [];
  const baseline: number[] = [];
  for (let round = 0; round < (quick ? 3 : warmUp + rounds); round += 1) {
    const [a, b] = [
      await timed(async () => generateCodes(n, codeLength)),
      await timed(async () => generator.generate({ count: n, pattern, charset: alphabet })),
    ];
    if (round < warmUp) continue;
    measured.push(a);
    baseline.push(b);
  }
  const note = `${median(measured).toFixed(0)} ms for ${n.toLocaleString('en')}, baseline ${median(baseline).toFixed(0)} ms`;
  return [
    {
      name: 'Codes generated in memory, speed relative to voucher-code-generator',
      value: median(baseline) / median(measured),
      atLeast: 2,
      unit: '×',
      note,
    },
  ];
}

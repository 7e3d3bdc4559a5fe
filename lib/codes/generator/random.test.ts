import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alphabet, codeSpace, formatCode } from '#lib/codes/generator/alphabet';
import { codesOf } from '#lib/codes/generator/block';
import { drawCodes, generateCodes, rememberCodes } from '#lib/codes/generator/random';

const lengths = fc.integer({ min: 8, max: 16 });
const prefixes = fc.stringMatching(/^([A-Za-z0-9][A-Za-z0-9_-]{0,23})?$/);

/** The chi-squared statistic; with 27 degrees of freedom, it exceeds 58.3 by chance once in a thousand times. */
function chiSquare(counts: number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function makeSizes(count: number, batchSize: number): number[] {
  const full = Array.from({ length: Math.floor(count / batchSize) }, () => batchSize);
  return count % batchSize === 0 ? full : [...full, count % batchSize];
}

describe('codes', () => {
  it('generateCodes returns the prefix, one dash, and groups of four from the alphabet', () => {
    fc.assert(
      fc.property(lengths, prefixes, (length, prefix) => {
        for (const code of generateCodes(20, length, prefix)) {
          const before = prefix === '' ? '' : `${prefix.replace(/-$/, '')}-`;
          expect(code.startsWith(before)).toBe(true);
          const groups = code.slice(before.length).split('-');
          expect(groups.join('')).toMatch(new RegExp(`^[${alphabet}]{${length}}$`));
          expect(groups.slice(0, -1).every((group) => group.length === 4)).toBe(true);
          expect(groups.at(-1)?.length).toBe(length % 4 || 4);
        }
      }),
    );
  });

  it('generateCodes follows the format of the contract', () => {
    expect(formatCode('aa2b3c4d')).toBe('aa2b-3c4d');
    expect(formatCode('aa2b3c4d5e')).toBe('aa2b-3c4d-5e');
    expect(formatCode('aa2b3c4d', 'summer')).toBe('summer-aa2b-3c4d');
    expect(formatCode('aa2b3c4d', 'summer-')).toBe('summer-aa2b-3c4d');
    expect(formatCode('aa2b3c4d', 'SuMMer_1')).toBe('SuMMer_1-aa2b-3c4d');
  });

  it('generateCodes uses no vowels and none of 0, 1, i, l and o', () => {
    expect(alphabet).toHaveLength(28);
    expect(alphabet).not.toMatch(/[aeiou01l]/);
    expect(codeSpace(8)).toBe(377_801_998_336);
  });

  it('generateCodes returns a million different sorted codes for a million', () => {
    const codes = generateCodes(1_000_000, 8);
    expect(new Set(codes).size).toBe(1_000_000);
    expect(codes.every((code, i) => i === 0 || (codes[i - 1] ?? '') < code)).toBe(true);
  });

  it('drawCodes returns batches of the requested size, together all different and sorted', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000 }), fc.integer({ min: 1, max: 700 }), lengths, (count, batchSize, length) => {
        const batches = [...drawCodes(count, batchSize, length, 'may').batches].map(codesOf);
        expect(batches.map(({ length }) => length)).toEqual(makeSizes(count, batchSize));
        const codes = batches.flat();
        expect(codes).toEqual(codes.toSorted());
        expect(new Set(codes).size).toBe(count);
      }),
      { numRuns: 30 },
    );
  });

  it('drawCodes separates the repeats of an earlier draw', () => {
    const isRepeat = rememberCodes(20_000, 4);
    const draws = Array.from({ length: 20 }, () => drawCodes(1_000, 400, 4, '', isRepeat));
    const [made, repeats] = [draws.flatMap(({ batches }) => [...batches].flatMap(codesOf)), draws.flatMap((draw) => draw.repeats)];
    expect(made.length + repeats.length).toBe(20_000);
    expect(new Set(made).size).toBe(made.length);
    const known = new Set(made);
    // Of 20,000 codes out of 614,656, about 320 occur twice.
    expect(repeats.filter((code) => known.has(code)).length).toBeGreaterThan(150);
  });

  it('drawCodes rarely separates codes that are no repeats', () => {
    const isRepeat = rememberCodes(1_000_000, 8);
    const draws = Array.from({ length: 20 }, () => drawCodes(50_000, 50_000, 8, '', isRepeat));
    expect(draws.flatMap(({ repeats }) => repeats).length).toBeLessThan(2_000);
  });

  it('generateCodes uses all symbols equally at all positions', () => {
    const codes = generateCodes(100_000, 8).map((code) => code.replace('-', ''));
    for (let position = 0; position < 8; position++) {
      const counts = new Map([...alphabet].map((symbol) => [symbol, 0]));
      for (const code of codes) counts.set(code.charAt(position), (counts.get(code.charAt(position)) ?? 0) + 1);
      expect(counts.size).toBe(28);
      // A probability of one in ten million, because every run tests eight positions.
      expect(chiSquare([...counts.values()]), `position ${position}`).toBeLessThan(85);
    }
  });
});

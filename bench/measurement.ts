/** One figure and the most it may be. `unit` is `×` for a ratio of two measurements of the same run. */
export type Measurement = { name: string; value: number; limit: number | null; unit: 'ms' | 's' | '×' | 'MB'; note?: string };

/** Milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The value that `part` (0.5, 0.95) of all are at or below. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

export function isWithin({ value, limit }: Measurement): boolean {
  return limit === null || value <= limit;
}

/** The table for people, then one JSON line a figure for machines. */
export function printed(measurements: readonly Measurement[]): string {
  const rows = measurements.map((one) => [
    one.name,
    `${round(one.value)} ${one.unit}`,
    one.limit === null ? '' : `at most ${one.limit} ${one.unit}`,
    isWithin(one) ? '' : 'TOO MUCH',
    one.note ?? '',
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row.map((cell, column) => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0)));
  const table = rows.map((row) => line(row).join('  ').trimEnd());
  const json = measurements.map((one) => JSON.stringify({ ...one, value: round(one.value), ok: isWithin(one) }));
  return [...table, '', ...json].join('\n');
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

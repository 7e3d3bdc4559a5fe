/** One measured value and its target. The unit `×` marks a ratio of two values from the same run. */
export type Measurement = {
  name: string;
  value: number;
  unit: 'ms' | 's' | '×' | 'MB' | '/s' | 'bytes';
  atMost?: number;
  atLeast?: number;
  note?: string;
  /** The name of the benchmark. */
  benchmark?: string;
  /** The load of other processes when the benchmark began. */
  busyPercent?: number;
};

/** Returns the milliseconds that `work` takes. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** Returns the smallest value that at least the fraction `part` of all values does not exceed. */
export function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Returns the median duration of the product divided by that of the baseline. */
export function ratio(measured: readonly number[], baseline: readonly number[]): Pick<Measurement, 'value' | 'unit' | 'note'> {
  return { value: median(measured) / median(baseline), unit: '×', note: `${seconds(measured)}, baseline ${seconds(baseline)}` };
}

function seconds(durations: readonly number[]): string {
  return `${(median(durations) / 1000).toFixed(2)} s`;
}

export function meetsTarget({ value, atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY }: Measurement): boolean {
  return atLeast <= value && value <= atMost;
}

/** Returns a table, and one line of JSON for each measurement. */
export function formatReport(measurements: readonly Measurement[]): string {
  const rows = measurements.map((one) => [
    one.name,
    `${round(one.value)} ${one.unit}`,
    targetOf(one),
    meetsTarget(one) ? '' : 'MISSED',
    [one.note, one.busyPercent && `disturbed: machine ${one.busyPercent}% busy`].filter(Boolean).join('; '),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row.map((cell, column) => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0)));
  const table = rows.map((row) => line(row).join('  ').trimEnd());
  const json = measurements.map((one) => JSON.stringify({ ...one, value: round(one.value), ok: meetsTarget(one) }));
  return [...table, '', ...json].join('\n');
}

function targetOf({ atMost, atLeast, unit }: Measurement): string {
  if (atMost !== undefined) return `at most ${atMost} ${unit}`;
  return atLeast === undefined ? '' : `at least ${atLeast} ${unit}`;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

/** One figure and what it may be. `unit` is `×` for a ratio of two measurements of the same run. */
export type Measurement = {
  name: string;
  value: number;
  unit: 'ms' | 's' | '×' | 'MB';
  atMost?: number;
  atLeast?: number;
  note?: string;
  /** Which part of the bench it is of. */
  part?: string;
  /** How much of the machine something else took when the part began. */
  busyPercent?: number;
};

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

/** How many times as long ours took as the floor, each by its median. */
export function ratio(ours: readonly number[], floor: readonly number[]): Pick<Measurement, 'value' | 'unit' | 'note'> {
  return { value: median(ours) / median(floor), unit: '×', note: `${seconds(ours)} beside ${seconds(floor)}` };
}

function seconds(takes: readonly number[]): string {
  return `${(median(takes) / 1000).toFixed(2)} s`;
}

export function isWithin({ value, atMost = Number.POSITIVE_INFINITY, atLeast = Number.NEGATIVE_INFINITY }: Measurement): boolean {
  return atLeast <= value && value <= atMost;
}

/** The table for people, then one JSON line a figure for machines. */
export function printed(measurements: readonly Measurement[]): string {
  const rows = measurements.map((one) => [
    one.name,
    `${round(one.value)} ${one.unit}`,
    promise(one),
    isWithin(one) ? '' : 'NOT KEPT',
    [one.note, one.busyPercent && `disturbed: ${one.busyPercent} % busy`].filter(Boolean).join('; '),
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: string[]) =>
    row.map((cell, column) => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0)));
  const table = rows.map((row) => line(row).join('  ').trimEnd());
  const json = measurements.map((one) => JSON.stringify({ ...one, value: round(one.value), ok: isWithin(one) }));
  return [...table, '', ...json].join('\n');
}

function promise({ atMost, atLeast, unit }: Measurement): string {
  if (atMost !== undefined) return `at most ${atMost} ${unit}`;
  return atLeast === undefined ? '' : `at least ${atLeast} ${unit}`;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

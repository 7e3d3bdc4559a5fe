import type { Count, JobRow } from '#lib/jobs/list/job-row';
import type { ConsumeUnit, JobType } from '#prisma/enums';

const whole = new Intl.NumberFormat('en');
const oneDecimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const threeDigits = new Intl.NumberFormat('en', { notation: 'compact', compactDisplay: 'long', maximumSignificantDigits: 3 });
// Not `yesterday`, which depends on the reader's calendar.
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** 50000 as `50,000`. */
export function number(n: number): string {
  return whole.format(n);
}

/** `1 code`, `50,000 codes`. */
export function counted(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

/** A count that stopped counting says so: `1,000+`. */
export function countedUpTo({ n, more }: Count): string {
  return more ? `${number(n)}+` : number(n);
}

/** 188901 as `189,000`, 377801998.336 as `378 million`. */
export function roughly(n: number): string {
  return n < 1e6 ? number(Number(n.toPrecision(3))) : threeDigits.format(n);
}

/** Seconds as people say them: `0.4 s`, `42 s`, `3 min 12 s`, `2 h 5 min`, `4 days`. A number and its unit stay on one line. */
export function duration(seconds: number): string {
  return spelled(seconds).replaceAll(/(?<=\d) /g, '\u00a0');
}

function spelled(seconds: number): string {
  if (seconds < 0.1) return 'under 0.1 s';
  if (seconds < 10) return `${oneDecimal.format(seconds)} s`;
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return [`${Math.floor(s / 60)} min`, s % 60 ? `${s % 60} s` : ''].join(' ').trim();
  const minutes = Math.round(s / 60);
  if (minutes < 1440) return [`${Math.floor(minutes / 60)} h`, minutes % 60 ? `${minutes % 60} min` : ''].join(' ').trim();
  return counted(Math.round(minutes / 1440), 'day');
}

/** The seconds that something still takes: `about 40 s`, and never less than one. */
export function about(secondsLeft: number): string {
  return `about ${duration(Math.max(1, Math.round(secondsLeft)))}`;
}

const yearUnits = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** A long time in its largest unit: `14 months`, `3 million years`. */
export function longTime(seconds: number): string {
  for (const [unit, size] of yearUnits) {
    const n = seconds / size;
    if (n >= 2) return `${n >= 10_000 ? roughly(n) : number(Math.round(n))} ${unit}s`;
  }
  return counted(Math.max(1, Math.round(seconds)), 'second');
}

const agoUnits = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** How long ago, in one unit: `just now`, `5 minutes ago`, `1 day ago`. */
export function ago(then: string, now: string): string {
  const seconds = (Date.parse(now) - Date.parse(then)) / 1000;
  for (const [unit, size] of agoUnits) {
    if (seconds >= size) return relative.format(-Math.floor(seconds / size), unit);
  }
  return 'just now';
}

/** 3100000 as `3.1 MB`. */
export function fileSize(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
  return `${oneDecimal.format(bytes / 1000 ** power)} ${units[power]}`;
}

/** The name of a job, or what it works on where it has none. */
export function jobTitle({ name, settings, jobType }: Pick<JobRow, 'name' | 'settings'> & Partial<Pick<JobRow, 'jobType'>>): string {
  if (name !== null) return name;
  if (settings) return counted(settings.numberOfCodes, 'code');
  return jobType === 'code_remove' ? 'Selected codes' : 'All codes';
}

export const jobTypeLabels = { code_generate: 'Generate', code_export: 'Export', code_remove: 'Remove' } as const satisfies Record<
  JobType,
  string
>;

export const consumeUnitLabels = { per_cart: 'per cart', per_item: 'per item' } as const satisfies Record<ConsumeUnit, string>;

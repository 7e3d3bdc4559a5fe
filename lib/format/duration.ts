import { formatApproximately, formatCount, formatNumber } from '#lib/format/number';

const oneDecimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
// `always` prevents `yesterday`, which depends on the time zone of the reader.
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });

/** Formats seconds: `0.4 s`, `42 s`, `3 min 12 s`, `2 h 5 min`, `4 days`. A number and its unit stay on one line. */
export function formatDuration(seconds: number): string {
  return formatParts(seconds).replaceAll(/(?<=\d) /g, '\u00a0');
}

function formatParts(seconds: number): string {
  if (seconds < 0.1) return 'under 0.1 s';
  if (seconds < 10) return `${oneDecimal.format(seconds)} s`;
  const s = Math.round(seconds);
  if (s < 60) return `${s} s`;
  if (s < 3600) return [`${Math.floor(s / 60)} min`, s % 60 ? `${s % 60} s` : ''].join(' ').trim();
  const minutes = Math.round(s / 60);
  if (minutes < 1440) return [`${Math.floor(minutes / 60)} h`, minutes % 60 ? `${minutes % 60} min` : ''].join(' ').trim();
  return formatCount(Math.round(minutes / 1440), 'day');
}

/** Formats an estimated remaining time: `about 40 s`, at least one second. */
export function formatTimeLeft(seconds: number): string {
  return `about ${formatDuration(Math.max(1, Math.round(seconds)))}`;
}

const yearUnits = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** Formats a long time in its largest unit: `14 months`, `3 million years`. */
export function formatLongTime(seconds: number): string {
  for (const [unit, size] of yearUnits) {
    const n = seconds / size;
    if (n >= 2) return `${n >= 10_000 ? formatApproximately(n) : formatNumber(Math.round(n))} ${unit}s`;
  }
  return formatCount(Math.max(1, Math.round(seconds)), 'second');
}

const agoUnits = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const;

/** Formats the time from `then` to `now` in one unit: `just now`, `5 minutes ago`, `1 day ago`. Both are ISO 8601. */
export function formatTimeAgo(then: string, now: string): string {
  const seconds = (Date.parse(now) - Date.parse(then)) / 1000;
  for (const [unit, size] of agoUnits) {
    if (seconds >= size) return relative.format(-Math.floor(seconds / size), unit);
  }
  return 'just now';
}

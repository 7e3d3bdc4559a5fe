const threeDigits = new Intl.NumberFormat('en', { notation: 'compact', compactDisplay: 'long', maximumSignificantDigits: 3 });

/** Formats a number from 0.000001 up: `1,234.5`. `readNumber` reads the text back. */
export function formatNumber(value: number): string {
  return groupDigits(String(value));
}

/** Adds a comma before each group of three digits: `1234.50` becomes `1,234.50`. */
export function groupDigits(decimal: string): string {
  const [whole = '', ...fraction] = decimal.split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...fraction].join('.');
}

/** Formats a number with its noun: `1 code`, `50,000 codes`. */
export function formatCount(n: number, one: string, many = `${one}s`): string {
  return `${formatNumber(n)} ${n === 1 ? one : many}`;
}

/** Formats a count that may have stopped at a limit: `1,000+` when there are more. */
export function formatLimitedCount({ n, more }: { n: number; more: boolean }): string {
  return more ? `${formatNumber(n)}+` : formatNumber(n);
}

/** Rounds a number to three digits: 188901 becomes `189,000`, 377801998.336 becomes `378 million`. */
export function formatApproximately(n: number): string {
  return n < 1e6 ? formatNumber(Number(n.toPrecision(3))) : threeDigits.format(n);
}

import { formatNumber } from '#lib/format/number';

/** `1 code`, `1,000 codes`. */
export function codesInWords(count: number): string {
  return count === 1 ? '1 code' : `${formatNumber(count)} codes`;
}

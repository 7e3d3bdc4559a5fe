import { showNumber } from '#lib/numbers';

/** `1 code`, `1,000 codes`. */
export function codesInWords(count: number): string {
  return count === 1 ? '1 code' : `${showNumber(count)} codes`;
}

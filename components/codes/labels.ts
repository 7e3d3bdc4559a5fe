import type { CodeRow } from '#lib/codes/query';
import type { Uses } from '#lib/codes/status';
import { formatNumber } from '#lib/format/number';

/** Uses left as people say it: `unlimited`, `2 of 5 left`, `used up`, `cannot be used`. */
export function usesInWords(uses: Uses): string {
  if (uses.maxUses === 0) return 'cannot be used';
  if (uses.usesLeft === 0) return 'used up';
  return usesInNumbers(uses);
}

/** The same where the state stands beside it: `unlimited`, `0 of 5 left`, `none`. */
export function usesInNumbers({ maxUses, usesLeft }: Uses): string {
  if (maxUses === null || usesLeft === null) return 'unlimited';
  if (maxUses === 0) return 'none';
  return `${formatNumber(usesLeft)} of ${formatNumber(maxUses)} left`;
}

/** What the job of a code is called: its name, else the beginning of its id. */
export function jobInWords({ id, name }: NonNullable<CodeRow['job']>): string {
  return name ?? `Job ${id.slice(0, 8)}`;
}

import type { CodeRow } from '#lib/codes/query';
import type { Uses } from '#lib/codes/status';
import { formatNumber } from '#lib/format/number';

/** Formats the uses left: `unlimited`, `0 of 5 left`, `can't be used`. */
export function usesLeftText({ maxUses, usesLeft }: Uses): string {
  if (maxUses === null || usesLeft === null) return 'unlimited';
  if (maxUses === 0) return "can't be used";
  return `${formatNumber(usesLeft)} of ${formatNumber(maxUses)} left`;
}

/** Returns the name of the job of a code, or the beginning of its ID. */
export function jobLabel({ id, name }: NonNullable<CodeRow['job']>): string {
  return name ?? `Job ${id.slice(0, 8)}`;
}

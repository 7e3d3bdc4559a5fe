import type { PromotionStatus } from '#lib/promotions/status';

/** The number of uses of a code, and of uses left; null is unlimited. */
export type Uses = { maxUses: number | null; usesLeft: number | null };

export type CodeStatus = 'usable' | 'used up' | 'not for use' | Exclude<PromotionStatus, 'running'>;

/** `usable`, or the reason why a customer cannot use the code now. Reasons of the code precede reasons of its promotion. */
export function codeStatus({ maxUses, usesLeft }: Uses, promotion: PromotionStatus): CodeStatus {
  if (maxUses === 0) return 'not for use';
  if (usesLeft === 0) return 'used up';
  return promotion === 'running' ? 'usable' : promotion;
}

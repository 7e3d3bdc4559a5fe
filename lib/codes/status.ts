import type { PromotionStatus } from '#lib/promotions/status';

/** How often a code may be used and how often it still can; null is unlimited. */
export type Uses = { maxUses: number | null; usesLeft: number | null };

export type CodeStatus = 'usable' | 'used up' | 'not for use' | Exclude<PromotionStatus, 'running'>;

/** Whether a customer can use the code now, and else why not: what the code lacks comes before what its promotion does. */
export function codeStatus({ maxUses, usesLeft }: Uses, promotion: PromotionStatus): CodeStatus {
  if (maxUses === 0) return 'not for use';
  if (usesLeft === 0) return 'used up';
  return promotion === 'running' ? 'usable' : promotion;
}

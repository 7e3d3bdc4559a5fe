/** The statuses of a promotion, in the order of the screens. */
export const promotionStatuses = ['running', 'scheduled', 'ended', 'off'] as const;

export type PromotionStatus = (typeof promotionStatuses)[number];

/** The end takes precedence over `enabled`: an ended promotion does not run when it is enabled. */
export function promotionStatus({ enabled, start, end }: { enabled: boolean; start: Date; end: Date }, now: Date): PromotionStatus {
  if (end <= now) return 'ended';
  if (!enabled) return 'off';
  return start > now ? 'scheduled' : 'running';
}

/** What a promotion is doing, in the order in which people look for it. */
export const promotionStatuses = ['running', 'scheduled', 'ended', 'off'] as const;

export type PromotionStatus = (typeof promotionStatuses)[number];

/** Its end counts before its switch: an ended promotion would not run if it were switched on. */
export function promotionStatus({ enabled, start, end }: { enabled: boolean; start: Date; end: Date }, now: Date): PromotionStatus {
  if (end <= now) return 'ended';
  if (!enabled) return 'off';
  return start > now ? 'scheduled' : 'running';
}

/**
 * Where a redemption stands. `held` becomes `redeemed` by a confirmation, `expired` when its hold runs out, `rolled_back` when all of its
 * uses are given back. `redeemed` becomes `rolled_back`. Nothing else happens.
 */
export const redemptionStatuses = ['held', 'redeemed', 'rolled_back', 'expired'] as const;

export type RedemptionStatus = (typeof redemptionStatuses)[number];

/** Why a code cannot be redeemed, in the order of precedence: of several reasons the first is told. */
export const refusalReasons = ['not_found', 'promotion_off', 'not_started', 'ended', 'other_customer', 'used_up', 'unusable'] as const;

export type RefusalReason = (typeof refusalReasons)[number];

/** Each reason in words, for the developer of a shop. */
export const reasonTexts = {
  not_found: 'No promotion has this code',
  promotion_off: 'The promotion is switched off',
  not_started: 'The promotion has not started',
  ended: 'The promotion has ended',
  other_customer: 'The code is for other customers',
  used_up: 'The code has no uses left',
  unusable: 'The code cannot be used: its maximum is 0',
} as const satisfies Record<RefusalReason, string>;

/** How far a code is used. */
export type UsageState = 'unused' | 'used' | 'used up';

/** How far a code is used, by the uses that count. `usesLeft` is null for unlimited uses. */
export function usageState({ used, usesLeft }: { used: number; usesLeft: number | null }): UsageState {
  if (used === 0) return 'unused';
  return usesLeft === 0 ? 'used up' : 'used';
}

/** The notice of every screen and job that shows or removes unused codes, for a promotion without redemptions. */
export const noUsesText = 'No uses recorded: your shop may count them itself';

type Row = { quantity: number; returned: number; expired: boolean; heldUntil: Date | null };

/** Where the redemption of these rows stands. */
export function redemptionStatus(rows: readonly Row[]): RedemptionStatus {
  if (rows.every(({ quantity, returned }) => returned === quantity)) return rows.some(({ expired }) => expired) ? 'expired' : 'rolled_back';
  return rows.some(({ heldUntil }) => heldUntil) ? 'held' : 'redeemed';
}

import type { ActionResult } from '#lib/action-result';
import type { UsedByDay } from '#lib/redemptions/query';

/** The server actions of uses. Pages pass them to components. */
export type UsesActions = {
  giveBack(input: { redemption_id: string; code: string; quantity: number }): Promise<ActionResult<void>>;
  usedByDay(input: { promotion_id: string; time_zone: string }): Promise<ActionResult<UsedByDay>>;
};

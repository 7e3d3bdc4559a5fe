import type { Db } from '#lib/db';
import { rollBackRedemption } from '#lib/redemptions/rollback';
import type { GiveBackInput } from '#lib/redemptions/schema';
import type { Actor } from '#lib/users/permissions';

/** Gives all uses of one code in a redemption back, by {@link rollBackRedemption}. Other codes of the redemption stay redeemed. */
export async function giveBack(db: Db, actor: Actor, { redemption_id, code, quantity }: GiveBackInput): Promise<void> {
  await rollBackRedemption(db, actor, redemption_id, { codes: [{ code, quantity }] });
}

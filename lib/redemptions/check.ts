import type { Db } from '#lib/db';
import { countMiss, refuseGuessing } from '#lib/redemptions/misses';
import { type CheckedCode, checkCodes } from '#lib/redemptions/refusal.sql';
import type { CheckInput } from '#lib/redemptions/schema';
import type { Actor } from '#lib/users/permissions';

/**
 * Whether a customer can use a code at this moment, and else why not. Takes no use. Throws `too_many_requests` for a sender of many
 * unknown codes.
 */
export async function checkRedemption(db: Db, actor: Actor, { code, customer, shopper_ip }: CheckInput): Promise<CheckedCode> {
  const sender = { actor, shopperIp: shopper_ip };
  await refuseGuessing(db, sender);
  const [checked] = await checkCodes(db, { codes: [{ code, quantity: 1 }], customer });
  if (!checked) throw new Error('the check of a code has no row');
  if (checked.reason === 'not_found') await countMiss(sender);
  return checked;
}

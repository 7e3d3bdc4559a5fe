import type { Db } from '#lib/db';
import { missCounters } from '#lib/redemptions/misses';
import { type CheckedCode, checkCodes } from '#lib/redemptions/refusal.sql';
import type { CheckInput } from '#lib/redemptions/schema';
import type { Actor } from '#lib/users/permissions';

/**
 * Checks whether a customer can use a code at this moment, and returns the reason if not. Takes no use. Throws `too_many_requests` for a
 * sender of many unknown codes.
 */
export async function checkRedemption(db: Db, actor: Actor, { code, customer, shopper_ip: shopperIp }: CheckInput): Promise<CheckedCode> {
  const counters = missCounters({ actor, shopperIp });
  const [checked] = await checkCodes(db, { codes: [{ code, quantity: 1 }], customer, counters });
  if (!checked) throw new Error('the check of a code has no row');
  return checked;
}

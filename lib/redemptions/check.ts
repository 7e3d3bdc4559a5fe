import type { Db } from '#lib/db';
import { type CheckedCode, checkCodes } from '#lib/redemptions/refusal.sql';
import type { CheckInput } from '#lib/redemptions/schema';
import type { Actor } from '#lib/users/permissions';

/** Whether a customer can use a code at this moment, and else why not. Takes no use. */
export async function checkRedemption(db: Db, _actor: Actor, { code, customer }: CheckInput): Promise<CheckedCode> {
  const [checked] = await checkCodes(db, { codes: [{ code, quantity: 1 }], customer });
  if (!checked) throw new Error('the check of a code has no row');
  return checked;
}

import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { findRedemption } from '#lib/redemptions/find';
import { confirmHold } from '#lib/redemptions/holds/hold.sql';
import type { RedemptionKey } from '#lib/redemptions/key';
import type { RedemptionRow } from '#lib/redemptions/rows.sql';
import { redemptionStatus } from '#lib/redemptions/status';
import type { Actor } from '#lib/users/permissions';

/**
 * Makes a held redemption final. One that is final already stays as it is, so that a call can be repeated. Throws `not_found`, and
 * `unprocessable` when the hold ran out first or the redemption was rolled back.
 */
export async function confirmRedemption(db: Db, actor: Actor, key: RedemptionKey): Promise<RedemptionRow[]> {
  await confirmHold(db, key);
  const rows = await findRedemption(db, actor, key);
  const status = redemptionStatus(rows);
  switch (status) {
    case 'redeemed':
      return rows;
    case 'expired':
      throw new DomainError('unprocessable', 'The hold ran out before it was confirmed: redeem the codes again');
    case 'rolled_back':
      throw new DomainError('unprocessable', 'The redemption was rolled back');
    case 'held':
      throw new Error('a hold is still there after its end');
  }
}

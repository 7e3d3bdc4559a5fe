import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { RedemptionKey } from '#lib/redemptions/key';
import { type RedemptionRow, readRedemption } from '#lib/redemptions/rows.sql';
import type { Actor } from '#lib/users/permissions';

/** The codes of a redemption. Throws `not_found`. */
export async function findRedemption(db: Db, _actor: Actor, key: RedemptionKey): Promise<RedemptionRow[]> {
  const rows = await readRedemption(db, key);
  if (rows.length === 0) throw new DomainError('not_found', 'redemption not found');
  return rows;
}

import type { Db } from '#lib/db';
import { giveBackExpiredHolds } from '#lib/redemptions/give-back.sql';

/** Gives the uses of all holds back that have run out. */
export async function sweepHolds(db: Db): Promise<void> {
  while (await giveBackExpiredHolds(db));
}

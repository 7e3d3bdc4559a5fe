import type { Db } from '#lib/db';
import type { RedemptionKey } from '#lib/redemptions/key';

// The hold decides between a confirmation, a rollback and its own end: each of them takes its row first.

/** Locks the hold of a redemption, if there is one, until the transaction ends. */
export async function lockHold(tx: Db, { id }: RedemptionKey): Promise<void> {
  await tx.$queryRaw`select from redemption_holds where id = ${id} for update`;
}

/** Makes a held redemption final, unless its hold has run out. */
export async function confirmHold(db: Db, { promotionNumber, id }: RedemptionKey): Promise<void> {
  await db.$executeRaw`
    delete from redemption_holds as h using redemptions as r
    where h.id = ${id} and h.expires_at > statement_timestamp() and r.promotion_number = ${promotionNumber} and r.id = h.id`;
}

/** Removes the hold of a redemption that has no uses any more. */
export async function removeHold(tx: Db, { id }: RedemptionKey): Promise<void> {
  await tx.$executeRaw`delete from redemption_holds where id = ${id}`;
}

import { foldCode, repeatedPositions } from '#lib/codes/fold';
import { conflictingChange } from '#lib/database/fault';
import { transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { DomainError, type Problem } from '#lib/errors';
import { giveBackExpiredHolds } from '#lib/redemptions/give-back.sql';
import { missCounters } from '#lib/redemptions/misses';
import { checkCodes } from '#lib/redemptions/refusal.sql';
import type { RedemptionRow } from '#lib/redemptions/rows.sql';
import type { RedeemInput } from '#lib/redemptions/schema';
import { reasonTexts } from '#lib/redemptions/status';
import { lockCodes, type TakenRow, type Taking, takeUses } from '#lib/redemptions/take.sql';
import type { Actor } from '#lib/users/permissions';

/**
 * Redeems the codes of an order, all or none, or holds them. The uses are taken by one conditional statement, so that no number of calls
 * at the same moment takes more uses than there are. Throws `invalid_input` for a code that is in the list twice, `code_unusable` with the
 * reason at each code, `too_many_requests` for a sender of many unknown codes.
 */
export async function redeem(db: Db, actor: Actor, input: RedeemInput): Promise<RedemptionRow[]> {
  const { codes, order, customer, hold_seconds: holdSeconds, shopper_ip: shopperIp } = input;
  refuseRepeated(codes);
  const taking = { codes, order, customer, holdSeconds, counters: missCounters({ actor, shopperIp }) };
  const taken = await (codes.length === 1 ? redeemOne(db, taking) : redeemSeveral(db, taking));
  return taken.map((row) => rowOf(row, taken, taking));
}

const mostTries = 4;

/** Needs no transaction: the statement takes the use or it does not. */
async function redeemOne(db: Db, taking: Taking): Promise<TakenRow[]> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const taken = await takeUses(db, taking);
    if (taken.length > 0) return taken;
    await refuseUnusable(db, taking);
    // A use came free in between, or belongs to a hold that has run out.
    await giveBackExpiredHolds(db);
  }
  throw conflictingChange();
}

function redeemSeveral(db: Db, taking: Taking): Promise<TakenRow[]> {
  return transaction(db, async (tx) => {
    await giveBackExpiredHolds(tx);
    await lockCodes(tx, taking);
    const taken = await takeUses(tx, taking);
    if (taken.length === taking.codes.length) return taken;
    await refuseUnusable(tx, taking, taken);
    throw conflictingChange();
  });
}

/** Throws with the reason at each code that cannot be used. `taken` are those of which this transaction has the uses already. */
async function refuseUnusable(db: Db, taking: Taking, taken: readonly TakenRow[] = []): Promise<void> {
  const checked = await checkCodes(db, taking);
  const own = new Set(taken.map(({ code }) => foldCode(code)));
  const [first, ...more] = taking.codes.flatMap(({ code }, place): Problem[] => {
    const reason = checked[place]?.reason;
    if (!reason || own.has(foldCode(code))) return [];
    return [{ detail: reasonTexts[reason], source: `codes.${place}.code`, reason }];
  });
  if (!first) return;
  throw new DomainError('code_unusable', first, ...more);
}

function refuseRepeated(codes: RedeemInput['codes']): void {
  const [first, ...more] = repeatedPositions(codes).map(
    (place): Problem => ({ detail: 'This code is in the list twice', source: `codes.${place}.code` }),
  );
  if (first) throw new DomainError('invalid_input', first, ...more);
}

function rowOf(row: TakenRow, [first]: readonly TakenRow[], { codes, order, customer, holdSeconds }: Taking): RedemptionRow {
  return {
    ...row,
    firstId: codes.length > 1 || holdSeconds !== undefined ? (first?.id ?? null) : null,
    order: order ?? null,
    customer: customer ?? null,
    returned: 0,
    updatedAt: null,
    updatedBy: null,
    anonymized: false,
    expired: false,
  };
}

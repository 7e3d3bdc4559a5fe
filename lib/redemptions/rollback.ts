import { foldCode } from '#lib/codes/fold';
import { transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { DomainError, type Problem } from '#lib/errors';
import { findRedemption } from '#lib/redemptions/find';
import { type Return, returnUses } from '#lib/redemptions/give-back.sql';
import { lockHold, removeHold } from '#lib/redemptions/holds/hold.sql';
import type { RedemptionKey } from '#lib/redemptions/key';
import type { RedemptionRow } from '#lib/redemptions/rows.sql';
import type { RollbackInput } from '#lib/redemptions/schema';
import type { Actor } from '#lib/users/permissions';

/**
 * Gives uses back: all of a redemption, or of each named code so many in all. A repetition finds them given back and changes nothing.
 * Throws `not_found`, and `unprocessable` for a code that the redemption does not have, or of which it took fewer uses.
 */
export function rollBackRedemption(db: Db, actor: Actor, key: RedemptionKey, input: RollbackInput): Promise<RedemptionRow[]> {
  return transaction(db, async (tx) => {
    await lockHold(tx, key);
    const returns = returnsOf(await findRedemption(tx, actor, key), input.codes);
    if (returns.length > 0) await returnUses(tx, actor.name, returns);
    const rows = await findRedemption(tx, actor, key);
    if (returns.length === 0 || rows.some(({ quantity, returned }) => returned < quantity)) return rows;
    await removeHold(tx, key);
    return rows.map((row) => ({ ...row, heldUntil: null }));
  });
}

type Part = NonNullable<RollbackInput['codes']>;

/** The rows of which more uses are to be given back than are already. */
function returnsOf(rows: readonly RedemptionRow[], part: Part | undefined): Return[] {
  if (part) refuseExcess(rows, part);
  const wanted = new Map(part?.map(({ code, quantity }) => [foldCode(code), quantity]));
  return rows.flatMap(({ promotionNumber, id, code, quantity, returned }) => {
    const inAll = part ? (wanted.get(foldCode(code)) ?? 0) : quantity;
    return inAll > returned ? [{ promotionNumber, id, returned: inAll }] : [];
  });
}

function refuseExcess(rows: readonly RedemptionRow[], part: Part): void {
  const taken = new Map(rows.map(({ code, quantity }) => [foldCode(code), quantity]));
  const [first, ...more] = part.flatMap(({ code, quantity }, place): Problem[] => {
    const most = taken.get(foldCode(code));
    if (most === undefined) return [{ detail: 'The redemption does not have this code', source: `codes.${place}.code` }];
    return quantity > most ? [{ detail: `The redemption took ${most} uses of this code`, source: `codes.${place}.quantity` }] : [];
  });
  if (first) throw new DomainError('unprocessable', first, ...more);
}

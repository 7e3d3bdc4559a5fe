import { deleteCodes } from '#lib/codes/change.sql';
import { foldCode } from '#lib/codes/fold';
import type { RemoveCodesInput } from '#lib/codes/schema';
import { transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { DomainError, type Problem } from '#lib/errors';
import { lockPromotion } from '#lib/promotions/lock';
import { recordCodesChange } from '#lib/promotions/versions/record-codes-change.sql';
import type { Actor } from '#lib/users/permissions';

/**
 * Removes codes of one promotion, in any case, all or none, and records a version in the history. Throws `not_found` with each code
 * that the promotion does not have.
 */
export function removeCodes(db: Db, actor: Actor, promotionId: string, { codes }: RemoveCodesInput): Promise<void> {
  return transaction(
    db,
    async (tx) => {
      await lockPromotion(tx, promotionId);
      const given = codes.map(({ code }) => code);
      const removed = await deleteCodes(tx, promotionId, given.map(foldCode));
      const [first, ...more] = given.flatMap((code, position): Problem[] =>
        removed.has(foldCode(code)) ? [] : [{ detail: `${code} is no code of this promotion`, source: `codes.${position}.code` }],
      );
      if (first) throw new DomainError('not_found', first, ...more);
      await recordCodesChange(tx, actor, { promotionId, removed: removed.size });
    },
    { maxWait: 10_000 },
  );
}

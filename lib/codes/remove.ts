import { foldCode } from '#lib/codes/fold';
import type { RemoveCodesInput } from '#lib/codes/schema';
import { transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { DomainError, type Problem } from '#lib/errors';
import { lockPromotion } from '#lib/promotions/lock';
import { recordCodesChange } from '#lib/promotions/versions/record-codes-change';
import type { Actor } from '#lib/users/permissions';

/**
 * Removes codes of one promotion, in any case, all or none, which is a version in the history. Throws `not_found`, naming each code
 * that the promotion does not have.
 */
export function removeCodes(db: Db, actor: Actor, promotionId: string, { codes }: RemoveCodesInput): Promise<void> {
  return transaction(
    db,
    async (tx) => {
      await lockPromotion(tx, promotionId);
      const given = codes.map(({ code }) => code);
      const removed = await tx.$queryRaw<{ code: string }[]>`
        delete from promotion_codes where promotion_id = ${promotionId}::uuid
          and lower(code) = any(${given.map(foldCode)})
        returning lower(code) as code`;
      const done = new Set(removed.map(({ code }) => code));
      const [first, ...more] = given.flatMap((code, place): Problem[] =>
        done.has(foldCode(code)) ? [] : [{ detail: `${code} is no code of this promotion`, source: `codes.${place}.code` }],
      );
      if (first) throw new DomainError('not_found', first, ...more);
      await recordCodesChange(tx, actor, { promotionId, removed: removed.length });
    },
    { maxWait: 10_000 },
  );
}

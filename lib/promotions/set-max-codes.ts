import { transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { lockPromotion } from '#lib/promotions/lock';
import { checkLength } from '#lib/promotions/rules';
import type { SetMaxCodesInput } from '#lib/promotions/schema';
import { refuseConflicts } from '#lib/promotions/versions/conflicts';
import type { Actor } from '#lib/users/permissions';
import type { Promotion } from '#prisma/client';

/**
 * Sets the maximum number of codes of a promotion; only for administrators. Above 1000 the promotion must end within 365 days of
 * its start. Throws `not_found`, `unprocessable`, and `conflict` when somebody else has changed it since it was read.
 */
export function setMaxCodes(db: Db, actor: Actor, { promotionId, max_codes, read }: SetMaxCodesInput): Promise<Promotion> {
  return transaction(
    db,
    async (tx) => {
      const promotion = await lockPromotion(tx, promotionId);
      if (read) await refuseConflicts(tx, { stored: promotion, read, changes: { max_codes } });
      checkLength(max_codes, promotion, 'max_codes');
      if (max_codes < promotion.codeCount)
        throw new DomainError('unprocessable', {
          detail: `The promotion holds ${promotion.codeCount} codes already: enter at least as many`,
          source: 'max_codes',
        });
      return tx.promotion.update({ where: { id: promotionId }, data: { maxCodes: max_codes, updatedBy: actor.name } });
    },
    { maxWait: 10_000 },
  );
}

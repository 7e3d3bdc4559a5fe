import { isDeepStrictEqual } from 'node:util';
import type { Db } from '#lib/db';
import { DomainError, type Problem } from '#lib/errors';
import { refuseConflicts } from '#lib/promotions/conflicts';
import { amountsColumn } from '#lib/promotions/create';
import { discounts } from '#lib/promotions/discounts';
import { checkNoActiveJob, lockPromotion } from '#lib/promotions/lock';
import { checkLength } from '#lib/promotions/rules';
import { promotionLimits, type UpdatePromotionInput } from '#lib/promotions/schema';
import { transaction } from '#lib/transaction';
import type { Actor } from '#lib/users/permissions';
import type { Promotion } from '#prisma/client';

/**
 * Changes the given fields. Type, schema and automatic cannot change. A new end on an expired promotion
 * deletes its codes, and is refused with more than 1000 of them. `read` is what a person saw when deciding: a field that
 * somebody else has changed since, or a number of codes to delete that is another by now, is a conflict.
 * Throws `not_found`, `invalid_input`, `conflict`, `unprocessable`.
 */
export function updatePromotion(db: Db, actor: Actor, { promotionId, read, ...changes }: UpdatePromotionInput): Promise<Promotion> {
  return transaction(
    db,
    async (tx) => {
      const stored = await lockPromotion(tx, promotionId);
      checkUnchanged(stored, changes);
      if (read) await refuseConflicts(tx, { stored, read, changes });
      const dates = { start: changes.start ?? stored.start, end: changes.end ?? stored.end };
      if (dates.end <= dates.start) throw new DomainError('invalid_input', { detail: 'Enter an end after the start', source: 'end' });
      checkLength(stored.maxCodes, dates, 'end');
      if (stored.expired && dates.end.getTime() !== stored.end.getTime() && stored.codeCount > 0) {
        checkRestart(stored.codeCount);
        if (read) checkCodesRead(stored.codeCount, read.code_count);
        await checkNoActiveJob(tx, promotionId, 'change its end');
        await tx.promotionCode.deleteMany({ where: { promotionId } });
      }
      return tx.promotion.update({
        where: { id: promotionId },
        data: {
          name: changes.name,
          description: changes.description,
          enabled: changes.enabled,
          ...dates,
          minCartValue: amountsColumn(changes.min_cart_value),
          maxDiscountValue: amountsColumn(changes.max_discount_value),
          maxApplicationsPerCart: changes.max_applications_per_cart,
          updatedBy: actor.name,
        },
      });
    },
    { maxWait: 10_000, timeout: 60_000 },
  );
}

function checkRestart(codes: number): void {
  if (codes <= promotionLimits.defaultMaxCodes) return;
  throw new DomainError('unprocessable', {
    detail: `This promotion has ended, and a new end would delete its ${codes} codes; with more than ${promotionLimits.defaultMaxCodes} that is refused. Export or remove the codes first, or create a new promotion for new codes.`,
    source: 'end',
  });
}

function checkCodesRead(codes: number, read: number | undefined): void {
  if (codes === read) return;
  throw new DomainError('conflict', {
    detail: `This promotion has ended, and a new end deletes its ${codes} codes: look again before you save it`,
    source: 'end',
  });
}

/** Clients send back what they got; what they got must then be what is stored. */
function checkUnchanged(
  stored: Promotion,
  { promotion_type, automatic, schema }: Omit<UpdatePromotionInput, 'promotionId' | 'read'>,
): void {
  const fixed = [
    { source: 'promotion_type', changed: promotion_type !== undefined && promotion_type !== stored.promotionType },
    { source: 'automatic', changed: automatic !== undefined && automatic !== stored.automatic },
    { source: 'schema', changed: schema !== undefined && !sameDiscount(stored, schema) },
  ];
  const [first, ...more] = fixed
    .filter(({ changed }) => changed)
    .map(({ source }): Problem => ({ detail: `${source} cannot change after creation`, source }));
  if (first) throw new DomainError('unprocessable', first, ...more);
}

function sameDiscount(stored: Promotion, schema: unknown): boolean {
  const parsed = discounts[stored.promotionType].safeParse(schema);
  return parsed.success && isDeepStrictEqual(parsed.data, stored.schema);
}

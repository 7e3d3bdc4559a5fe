import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { parseInput } from '#lib/input/parse';
import { amountsColumn } from '#lib/promotions/creation/create';
import { type Discount, discounts } from '#lib/promotions/discounts';
import { checkNoActiveJob, lockPromotion } from '#lib/promotions/lock';
import { checkLength } from '#lib/promotions/rules';
import { promotionLimits, type UpdatePromotionInput } from '#lib/promotions/schema';
import { refuseConflicts } from '#lib/promotions/versions/conflicts';
import type { Actor } from '#lib/users/permissions';
import type { Promotion } from '#prisma/client';

/**
 * Changes the given fields; the type cannot change. Existing codes give the new discount. A new end on an expired promotion
 * deletes its codes, and is refused with more than 1000 of them. `read` contains the values that the user saw: a field that
 * somebody else has changed since, or another number of codes to delete, is a conflict.
 * Throws `not_found`, `invalid_input`, `conflict`, `unprocessable`.
 */
export function updatePromotion(db: Db, actor: Actor, { promotionId, read, ...changes }: UpdatePromotionInput): Promise<Promotion> {
  return transaction(
    db,
    async (tx) => {
      const stored = await lockPromotion(tx, promotionId);
      checkId(promotionId, changes.id);
      checkType(stored, changes);
      await checkAutomatic(tx, stored, changes);
      const schema = readSchema(stored, changes.schema);
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
          automatic: changes.automatic,
          schema,
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

function checkId(promotionId: string, given: string | undefined): void {
  if (given === undefined || given.toLowerCase() === promotionId.toLowerCase()) return;
  throw new DomainError('invalid_input', { detail: 'This is the id of another promotion than the address names', source: 'id' });
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

type Changes = Omit<UpdatePromotionInput, 'promotionId' | 'read'>;

function checkType(stored: Promotion, { promotion_type }: Changes): void {
  if (promotion_type === undefined || promotion_type === stored.promotionType) return;
  throw new DomainError('unprocessable', { detail: 'promotion_type cannot change after creation', source: 'promotion_type' });
}

async function checkAutomatic(tx: Db, { id, automatic, codeCount }: Promotion, changes: Changes): Promise<void> {
  if (!changes.automatic || automatic) return;
  if (codeCount > 0)
    throw new DomainError('unprocessable', {
      detail: `An automatic promotion has no codes, and this one has ${codeCount}: remove them first`,
      source: 'automatic',
    });
  // An active job may still add codes.
  await checkNoActiveJob(tx, id, 'make the promotion automatic');
}

/** The stored schema is always accepted, even if an earlier version of Promint wrote it and it is invalid now. */
function readSchema({ promotionType, schema: stored }: Promotion, given: unknown): Discount['schema'] | undefined {
  if (given === undefined || isDeepStrictEqual(given, stored)) return undefined;
  return parseInput(z.object({ schema: discounts[promotionType] }), { schema: given }).schema;
}

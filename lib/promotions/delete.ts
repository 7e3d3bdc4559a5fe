import { transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { log, messageOf } from '#lib/log';
import { checkNoActiveJob, lockPromotion } from '#lib/promotions/lock';
import type { DeletePromotionInput } from '#lib/promotions/schema';
import { removeFile } from '#lib/storage';
import type { Actor } from '#lib/users/permissions';

/**
 * Deletes a promotion with its codes and jobs, all or nothing, and then the files of its exports. The lock
 * keeps new jobs out, so none can leave a code behind. A file that cannot be removed is counted in `files_left`; nothing
 * leads to it any more, and the sweep removes it later. Throws `not_found`, `unprocessable` while a job is
 * active, and `conflict` when the promotion does not hold as many codes as whoever deletes was told.
 */
export async function deletePromotion(
  db: Db,
  _actor: Actor,
  { promotionId, code_count }: DeletePromotionInput,
): Promise<{ name: string; codes: number; files_left: number }> {
  const { name, codes, files } = await transaction(
    db,
    async (tx) => {
      const { name, codeCount } = await lockPromotion(tx, promotionId);
      await checkNoActiveJob(tx, promotionId, 'delete the promotion');
      if (code_count !== undefined && code_count !== codeCount)
        throw new DomainError('conflict', `The promotion now has ${codeCount} codes, not ${code_count}: look again before you delete it`);
      const files = await tx.promotionJob.findMany({ where: { promotionId, fileKey: { not: null } }, select: { fileKey: true } });
      const { count: codes } = await tx.promotionCode.deleteMany({ where: { promotionId } });
      await tx.promotionJob.deleteMany({ where: { promotionId } });
      await tx.promotion.delete({ where: { id: promotionId } });
      return { name, codes, files };
    },
    { maxWait: 10_000, timeout: 600_000 },
  );
  const removed = await Promise.allSettled(files.map(({ fileKey }) => fileKey && removeFile(fileKey)));
  const failures = removed.filter((outcome) => outcome.status === 'rejected');
  for (const { reason } of failures)
    log.warn({ promotion: promotionId, reason: messageOf(reason) }, 'the file of an export is left for the sweep');
  return { name, codes, files_left: failures.length };
}

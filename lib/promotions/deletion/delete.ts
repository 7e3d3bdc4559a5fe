import { transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { insertJob } from '#lib/jobs/insert';
import { log, messageOf } from '#lib/log';
import { checkNoActiveJob, lockPromotion } from '#lib/promotions/lock';
import { markDeleting } from '#lib/promotions/lock.sql';
import { type DeletedPromotion, type DeletePromotionInput, promotionLimits } from '#lib/promotions/schema';
import { removeFile } from '#lib/storage';
import type { Actor } from '#lib/users/permissions';
import type { Promotion } from '#prisma/client';

/**
 * Deletes a promotion with its codes, jobs and files. Up to 10,000 codes are deleted in one transaction, and then the files; `files_left`
 * counts files that could not be removed, which the sweep removes later. More codes are deleted by a job: the promotion is hidden at
 * once, and others can take its codes. The lock keeps new jobs and codes out. Throws `not_found`, `unprocessable` while a job is
 * active, and `conflict` when the promotion no longer has the number of codes that the caller was shown.
 */
export async function deletePromotion(db: Db, actor: Actor, { promotionId, code_count }: DeletePromotionInput): Promise<DeletedPromotion> {
  const { name, codes, jobId, files } = await transaction(
    db,
    async (tx) => {
      const promotion = await lockPromotion(tx, promotionId);
      const { name, codeCount: codes } = promotion;
      await checkNoActiveJob(tx, promotionId, 'delete the promotion');
      if (code_count !== undefined && code_count !== codes)
        throw new DomainError('conflict', `The promotion now has ${codes} codes, not ${code_count}: look again before you delete it`);
      if (codes > promotionLimits.codesDeletedAtOnce) return { name, codes, jobId: await beginDeletion(tx, actor, promotion), files: [] };
      return { name, codes, jobId: null, files: await deleteAtOnce(tx, promotionId) };
    },
    { maxWait: 10_000, timeout: 60_000 },
  );
  log.info({ promotion: promotionId, codes, job: jobId }, jobId ? 'promotion deletion begins' : 'promotion deleted');
  if (jobId) return { name, codes, job_id: jobId };
  return { name, codes, job_id: null, files_left: await removeFiles(promotionId, files) };
}

/** Inserts the job before it marks the promotion, because no job can be added to a promotion that is being deleted. */
async function beginDeletion(tx: Db, actor: Actor, { id, name, codeCount }: Promotion): Promise<string> {
  const job = await insertJob(tx, {
    promotionId: id,
    promotionName: name,
    jobType: 'promotion_delete',
    large: true,
    total: codeCount,
    createdBy: actor.name,
  });
  await markDeleting(tx, id);
  return job.id;
}

/** Returns the keys of the files, which nothing refers to any longer. */
async function deleteAtOnce(tx: Db, promotionId: string): Promise<string[]> {
  const jobs = await tx.promotionJob.findMany({ where: { promotionId, fileKey: { not: null } }, select: { fileKey: true } });
  await tx.promotionCode.deleteMany({ where: { promotionId } });
  await tx.promotionJob.deleteMany({ where: { promotionId } });
  await tx.promotion.delete({ where: { id: promotionId } });
  return jobs.flatMap(({ fileKey }) => fileKey ?? []);
}

/** Returns how many of the files could not be removed. */
async function removeFiles(promotionId: string, files: readonly string[]): Promise<number> {
  const removed = await Promise.allSettled(files.map(removeFile));
  const failures = removed.filter((outcome) => outcome.status === 'rejected');
  for (const { reason } of failures)
    log.warn({ promotion: promotionId, reason: messageOf(reason) }, 'the file of an export is left for the sweep');
  return failures.length;
}

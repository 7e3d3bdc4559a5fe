import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { requestCancel } from '#lib/jobs/cancel.sql';
import { findJob, type JobAddress } from '#lib/jobs/find';
import { log } from '#lib/log';
import type { Actor } from '#lib/users/permissions';

/**
 * Cancels a job: a pending one at once, a processing one after its worker has rolled it back. The status is in the `where` of the
 * update, so a job that completes at the same moment stays completed. Throws `not_found`, and `unprocessable` when
 * the job is neither pending nor processing, or of a kind that must complete.
 */
export async function cancelJob(db: Db, actor: Actor, { promotionId, jobId }: JobAddress): Promise<void> {
  const cancelled = await requestCancel(db, { promotionId, jobId });
  if (cancelled) return log.info({ job: jobId, promotion: promotionId, ...cancelled }, 'job cancelled');
  await findJob(db, actor, { promotionId, jobId });
  throw new DomainError('unprocessable', 'Only pending or processing jobs can be cancelled');
}

import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { findJob, type JobAddress } from '#lib/jobs/find';
import { cancellableTypes, typesWithRollback } from '#lib/jobs/types/registry';
import { log } from '#lib/log';
import type { Actor } from '#lib/users/permissions';
import type { JobStatus } from '#prisma/enums';

/**
 * Cancels a job: a pending one at once, a processing one as soon as its worker has removed what its kind rolls back. The status
 * is in the `where`, so a job that completes at the same moment stays completed. Throws `not_found`, and `unprocessable` when
 * the job is neither pending nor processing, or of a kind that must complete.
 */
export async function cancelJob(db: Db, actor: Actor, { promotionId, jobId }: JobAddress): Promise<void> {
  const [cancelled] = await db.$queryRaw<{ status: JobStatus; run: string | null }[]>`
    update promotion_jobs set
      status = case status when 'pending' then 'cancelled' else 'cancelling' end::job_status,
      finished_at = case status when 'pending' then now() end,
      deleted = case when status = 'pending' and job_type = any(${typesWithRollback}::job_type[]) then 0 else deleted end,
      rate = null, updated_at = now()
    where id = ${jobId}::uuid and promotion_id = ${promotionId}::uuid and status in ('pending', 'processing')
      and job_type = any(${cancellableTypes}::job_type[])
    returning status, run_token as run`;
  if (cancelled) return log.info({ job: jobId, promotion: promotionId, ...cancelled }, 'job cancelled');
  await findJob(db, actor, { promotionId, jobId });
  throw new DomainError('unprocessable', 'Only pending or processing jobs can be cancelled');
}

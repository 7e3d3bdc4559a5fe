import { databaseNow } from '#lib/database/clock.sql';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { signLink } from '#lib/exports/link';
import { mayDownload } from '#lib/exports/may-download.sql';
import { openExport } from '#lib/exports/open';
import { findJob } from '#lib/jobs/find';
import type { JobOfPromotion } from '#lib/jobs/schema';
import type { Actor } from '#lib/users/permissions';

/**
 * Creates a link to the file of a completed export, as a path on this site. The link is valid while the actor may download. Throws
 * `forbidden` when the actor may not, `not_found`, `unprocessable` when the job has no file, and `gone` when the file is missing.
 */
export async function exportLink(db: Db, actor: Actor, { promotion_id, job_id }: JobOfPromotion): Promise<{ href: string }> {
  if (!(await mayDownload(db, actor.id)))
    throw new DomainError('forbidden', 'Export downloads are turned off for you. Ask an administrator to turn them on under Users.');
  const job = await findJob(db, actor, { promotionId: promotion_id, jobId: job_id });
  if (job.jobType !== 'code_export' || job.status !== 'completed') {
    throw new DomainError('unprocessable', `Job has no file to download. Job status: ${job.status}`);
  }
  const { file } = await openExport(db, job_id);
  await file.close();
  return { href: signLink(job_id, actor.id, (await databaseNow(db)).getTime()) };
}

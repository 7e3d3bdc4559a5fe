import type { Database } from '#lib/db';
import { isActive } from '#lib/jobs/status';
import { eventually } from '#lib/testing/eventually';
import type { PromotionJob } from '#prisma/client';
import type { JobStatus } from '#prisma/enums';

/** The job once it is in `status`. Throws at once, with its error, when it ends in another one. */
export function jobIn(db: Database, id: string, status: JobStatus, withinMs?: number): Promise<PromotionJob> {
  return eventually(
    `job ${status}`,
    async () => {
      const job = await db.promotionJob.findUniqueOrThrow({ where: { id } });
      if (job.status === status) return job;
      if (!isActive(job.status)) throw new Error(`the job is ${job.status} and not ${status}: ${job.error ?? 'it says no more'}`);
      return null;
    },
    withinMs,
  );
}

/** The job once at least `generated` codes are committed: the moment to kill, cancel or look. */
export function jobPast(db: Database, id: string, generated: number, withinMs?: number): Promise<PromotionJob> {
  return eventually(`${generated} codes`, () => db.promotionJob.findFirst({ where: { id, generated: { gte: generated } } }), withinMs);
}

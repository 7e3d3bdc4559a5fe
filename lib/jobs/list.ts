import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { Actor } from '#lib/users/permissions';
import type { PromotionJob } from '#prisma/client';
import { JobStatus, JobType } from '#prisma/enums';

export type JobsOfPromotion = {
  promotionId: string;
  /** Words that name no status or kind find nothing. */
  status?: string;
  jobType?: string;
  limit: number;
  offset: number;
};

/** Some of a promotion's jobs, newest first, and how many there are of those asked for. Throws `not_found`. */
export async function listJobsOfPromotion(db: Db, _actor: Actor, asked: JobsOfPromotion): Promise<{ rows: PromotionJob[]; total: number }> {
  const { promotionId, status, jobType, limit, offset } = asked;
  const promotion = await db.promotion.findUnique({ where: { id: promotionId }, select: { jobCount: true } });
  if (!promotion) throw new DomainError('not_found', 'promotion not found');
  if (!isOneOf(JobStatus, status) || !isOneOf(JobType, jobType)) return { rows: [], total: 0 };
  const where = { promotionId, status, jobType };
  const everything = status === undefined && jobType === undefined;
  const [rows, total] = await Promise.all([
    db.promotionJob.findMany({ where, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], take: limit, skip: offset }),
    everything ? promotion.jobCount : db.promotionJob.count({ where }),
  ]);
  return { rows, total };
}

function isOneOf<T extends string>(names: Record<string, T>, word: string | undefined): word is T | undefined {
  return word === undefined || Object.values<string>(names).includes(word);
}

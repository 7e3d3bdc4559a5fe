import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { JobOnWire } from '#lib/jobs/serialize';
import type { Actor } from '#lib/users/permissions';
import { Prisma } from '#prisma/client';
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
export async function listJobsOfPromotion(db: Db, _actor: Actor, asked: JobsOfPromotion): Promise<{ rows: JobOnWire[]; total: number }> {
  const { promotionId, status, jobType } = asked;
  const promotion = await db.promotion.findUnique({ where: { id: promotionId }, select: { jobCount: true } });
  if (!promotion) throw new DomainError('not_found', 'promotion not found');
  if (!isOneOf(JobStatus, status) || !isOneOf(JobType, jobType)) return { rows: [], total: 0 };
  const everything = status === undefined && jobType === undefined;
  const [rows, total] = await Promise.all([
    readPage(db, asked),
    everything ? promotion.jobCount : db.promotionJob.count({ where: { promotionId, status, jobType } }),
  ]);
  return { rows, total };
}

/** Written out: the ORM takes half as long again over the same page, and programs ask for it again and again. */
function readPage(db: Db, { promotionId, status, jobType, limit, offset }: JobsOfPromotion): Promise<JobOnWire[]> {
  return db.$queryRaw<JobOnWire[]>`
    select id, promotion_id as "promotionId", job_type as "jobType", name, status, error, generated, deleted,
      number_of_codes as "numberOfCodes", consume_unit as "consumeUnit", max_uses_per_code as "maxUsesPerCode",
      code_length as "codeLength", code_prefix as "codePrefix",
      file_rows as "fileRows", file_bytes as "fileBytes", file_sha256 as "fileSha256", created_at as "createdAt", updated_at as "updatedAt"
    from promotion_jobs
    where promotion_id = ${promotionId}::uuid
      ${status === undefined ? Prisma.empty : Prisma.sql`and status = ${status}::job_status`}
      ${jobType === undefined ? Prisma.empty : Prisma.sql`and job_type = ${jobType}::job_type`}
    order by created_at desc, id limit ${limit} offset ${offset}`;
}

function isOneOf<T extends string>(names: Record<string, T>, word: string | undefined): word is T | undefined {
  return word === undefined || Object.values<string>(names).includes(word);
}

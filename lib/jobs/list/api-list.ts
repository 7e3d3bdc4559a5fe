import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { ApiJobColumns } from '#lib/jobs/types/definition';
import { findPromotion } from '#lib/promotions/find';
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
export async function listJobsOfPromotion(db: Db, actor: Actor, asked: JobsOfPromotion): Promise<{ rows: ApiJobColumns[]; total: number }> {
  const { promotionId, status, jobType } = asked;
  if (!isOneOf(JobStatus, status) || !isOneOf(JobType, jobType)) {
    await findPromotion(db, actor, { promotionId });
    return { rows: [], total: 0 };
  }
  const everything = status === undefined && jobType === undefined;
  const [page, total] = await Promise.all([
    readPage(db, asked),
    everything ? null : db.promotionJob.count({ where: { promotionId, status, jobType } }),
  ]);
  return { rows: page.rows, total: total ?? page.total };
}

/** In one statement with the promotion itself: programs ask again and again, and each statement is a good part of what a page takes. */
async function readPage(
  db: Db,
  { promotionId, status, jobType, limit, offset }: JobsOfPromotion,
): Promise<{ rows: ApiJobColumns[]; total: number }> {
  const found = await db.$queryRaw<({ total: number } & (ApiJobColumns | { id: null }))[]>`
    select p.job_count as total, j.id, j.promotion_id as "promotionId", j.job_type as "jobType", j.name, j.status, j.error, j.generated, j.deleted,
      j.number_of_codes as "numberOfCodes", j.consume_unit as "consumeUnit", j.max_uses_per_code as "maxUsesPerCode",
      j.code_length as "codeLength", j.code_prefix as "codePrefix", j.file_rows as "fileRows", j.file_bytes as "fileBytes",
      j.file_sha256 as "fileSha256", j.created_at as "createdAt", j.updated_at as "updatedAt"
    from promotions as p left join lateral (
      select * from promotion_jobs
      where promotion_id = p.id
        ${status === undefined ? Prisma.empty : Prisma.sql`and status = ${status}::job_status`}
        ${jobType === undefined ? Prisma.empty : Prisma.sql`and job_type = ${jobType}::job_type`}
      order by created_at desc, id limit ${limit} offset ${offset}
    ) as j on true
    where p.id = ${promotionId}::uuid
    order by j.created_at desc, j.id`;
  const [first] = found;
  if (!first) throw new DomainError('not_found', 'promotion not found');
  return { rows: found.filter((row) => row.id !== null), total: first.total };
}

function isOneOf<T extends string>(names: Record<string, T>, word: string | undefined): word is T | undefined {
  return word === undefined || Object.values<string>(names).includes(word);
}

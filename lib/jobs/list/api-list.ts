import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { jobStatuses } from '#lib/jobs/status';
import type { ApiJobColumns } from '#lib/jobs/types/definition';
import { listedTypes } from '#lib/jobs/types/registry';
import { findPromotion } from '#lib/promotions/find';
import type { Actor } from '#lib/users/permissions';
import { Prisma } from '#prisma/client';
import { JobStatus, JobType } from '#prisma/enums';

const unlistedTypes = Object.values(JobType).filter((type) => !listedTypes.includes(type));

export type JobsOfPromotion = {
  promotionId: string;
  /** A word that names no status or kind finds nothing. */
  status?: string;
  jobType?: string;
  limit: number;
  offset: number;
};

/**
 * Some of a promotion's jobs, newest first, and how many match. Without `jobType`, only jobs of the listed kinds. Throws
 * `not_found`.
 */
export async function listJobsOfPromotion(db: Db, actor: Actor, asked: JobsOfPromotion): Promise<{ rows: ApiJobColumns[]; total: number }> {
  const { promotionId, status, jobType } = asked;
  if (!isOneOf(JobStatus, status) || !isOneOf(JobType, jobType)) {
    await findPromotion(db, actor, { promotionId });
    return { rows: [], total: 0 };
  }
  const types = jobType === undefined ? listedTypes : [jobType];
  const everything = status === undefined && jobType === undefined;
  const [page, total] = await Promise.all([
    readPage(db, { ...asked, types }),
    everything ? null : db.promotionJob.count({ where: { promotionId, status, jobType: { in: types } } }),
  ]);
  return { rows: page.rows, total: total ?? page.total };
}

/** In one statement with the promotion itself: programs ask again and again, and each statement is a good part of what a page takes. */
async function readPage(
  db: Db,
  { promotionId, status, types, limit, offset }: JobsOfPromotion & { types: JobType[] },
): Promise<{ rows: ApiJobColumns[]; total: number }> {
  const found = await db.$queryRaw<({ listed: number } & (ApiJobColumns | { id: null }))[]>`
    select p.job_count - unlisted.n as listed, j.id, j.promotion_id as "promotionId", j.job_type as "jobType", j.name, j.status, j.error, j.generated, j.deleted,
      j.number_of_codes as "numberOfCodes", j.consume_unit as "consumeUnit", j.max_uses_per_code as "maxUsesPerCode",
      j.code_length as "codeLength", j.code_prefix as "codePrefix", j.parameters, j.total, j.file_rows as "fileRows", j.file_bytes as "fileBytes",
      j.file_sha256 as "fileSha256", j.created_at as "createdAt", j.updated_at as "updatedAt"
    from promotions as p cross join lateral (
      select count(*)::int as n from unnest(${jobStatuses}::job_status[]) as s (status)
      join promotion_jobs as other on other.promotion_id = p.id and other.status = s.status and other.job_type = any(${unlistedTypes}::job_type[])
    ) as unlisted left join lateral (
      select * from promotion_jobs
      where promotion_id = p.id and job_type = any(${types}::job_type[])
        ${status === undefined ? Prisma.empty : Prisma.sql`and status = ${status}::job_status`}
      order by created_at desc, id limit ${limit} offset ${offset}
    ) as j on true
    where p.id = ${promotionId}::uuid
    order by j.created_at desc, j.id`;
  const [first] = found;
  if (!first) throw new DomainError('not_found', 'promotion not found');
  return { rows: found.filter((row) => row.id !== null), total: first.listed };
}

function isOneOf<T extends string>(names: Record<string, T>, word: string | undefined): word is T | undefined {
  return word === undefined || Object.values<string>(names).includes(word);
}

import { z } from 'zod';
import { readRows, selectList } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { type ApiJobColumns, apiJobColumns } from '#lib/jobs/columns';
import { jobStatuses } from '#lib/jobs/status';
import { listedTypes } from '#lib/jobs/types/registry';
import { Prisma } from '#prisma/client';
import { type JobStatus, JobType } from '#prisma/enums';

const unlistedTypes = Object.values(JobType).filter((type) => !listedTypes.includes(type));

const listed = z.object({ listed: z.int() });
// For a promotion without a matching job, the statement returns one row whose job columns are null.
const row = z.union([listed.extend(apiJobColumns.shape), listed.extend({ id: z.null() })]);

type Page = { promotionId: string; status: JobStatus | undefined; types: JobType[]; limit: number; offset: number };

/**
 * Returns a page of a promotion's jobs, newest first, and the number of its jobs of listed kinds; null for an unknown promotion. One
 * statement reads both, because clients poll this list and a statement is a large part of the response time.
 */
export async function readApiPage(db: Db, page: Page): Promise<{ rows: ApiJobColumns[]; listed: number } | null> {
  const { promotionId, status, types, limit, offset } = page;
  const statement = Prisma.sql`
    select p.job_count - unlisted.n as listed, ${selectList(apiJobColumns, 'j')}
    from promotions as p cross join lateral (
      select count(*)::int as n from unnest(${jobStatuses}::job_status[]) as s (status)
      join promotion_jobs as other on other.promotion_id = p.id and other.status = s.status and other.job_type = any(${unlistedTypes}::job_type[])
    ) as unlisted left join lateral (
      select * from promotion_jobs
      where promotion_id = p.id and job_type = any(${types}::job_type[])
        ${status === undefined ? Prisma.empty : Prisma.sql`and status = ${status}::job_status`}
      order by created_at desc, id limit ${limit} offset ${offset}
    ) as j on true
    where p.id = ${promotionId}::uuid and p.deleting_at is null
    order by j.created_at desc, j.id`;
  const found = await readRows(db, row, statement);
  return found[0] ? { rows: found.filter((each) => each.id !== null), listed: found[0].listed } : null;
}

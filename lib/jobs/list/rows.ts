import type { Db } from '#lib/db';
import { interruptions } from '#lib/jobs/engine/interruptions';
import type { JobRow } from '#lib/jobs/list/job-row';
import { secondsLeft } from '#lib/jobs/list/progress';
import { isMoving } from '#lib/jobs/status';
import { jobDefinitions } from '#lib/jobs/types/registry';
import type { Prisma, PromotionJob } from '#prisma/client';

type Columns = Omit<PromotionJob, 'runToken' | 'runSeenAt' | 'crashes' | 'fileKey' | 'updatedAt' | 'parameters' | 'codeIdLimit'> & {
  promotionName: string;
  promotionCodes: number;
  capacity: number;
  secondsWaited: number;
  secondsWorked: number | null;
  secondsSilent: number | null;
  /** Since the last progress that was counted. */
  secondsSince: number;
};

/** The jobs whose ids `picked` selects, newest first. Every span of time is measured by the database's clock. */
export async function readJobs(db: Db, picked: Prisma.Sql): Promise<JobRow[]> {
  const rows = await db.$queryRaw<Columns[]>`
    select j.id, j.promotion_id as "promotionId", p.name as "promotionName", p.code_count as "promotionCodes",
      greatest(p.max_codes - p.code_count, 0) as capacity,
      j.name, j.job_type as "jobType", j.large, j.status, j.number_of_codes as "numberOfCodes", j.consume_unit as "consumeUnit",
      j.max_uses_per_code as "maxUsesPerCode", j.code_length as "codeLength", j.code_prefix as "codePrefix",
      j.generated, j.deleted, j.total, j.duplicates_avoided as "duplicatesAvoided", j.error, j.failing, j.attempts,
      j.interruptions, j.rate, j.created_by as "createdBy",
      j.created_at as "createdAt", j.started_at as "startedAt", j.finished_at as "finishedAt",
      j.file_rows as "fileRows", j.file_bytes as "fileBytes", j.file_sha256 as "fileSha256",
      extract(epoch from coalesce(j.started_at, j.finished_at, clock_timestamp()) - j.created_at)::float8 as "secondsWaited",
      extract(epoch from coalesce(j.finished_at, clock_timestamp()) - j.started_at)::float8 as "secondsWorked",
      case when j.status in ('processing', 'cancelling') then extract(epoch from clock_timestamp() - j.run_seen_at)::float8 end as "secondsSilent",
      coalesce(extract(epoch from clock_timestamp() - case
        when j.job_type = 'code_export' and j.status = 'processing' then j.run_seen_at else j.updated_at end), 0)::float8 as "secondsSince"
    from (${picked}) as picked
    join promotion_jobs j on j.id = picked.id
    join promotions p on p.id = j.promotion_id
    order by j.created_at desc, j.id`;
  return rows.map(jobRow);
}

function jobRow(row: Columns): JobRow {
  const { id, promotionId, promotionName, capacity, name, jobType, status, deleted, duplicatesAvoided, createdBy, attempts } = row;
  const { secondsWaited, secondsWorked, secondsSilent } = row;
  const progress = progressOf(row);
  const removed = removal(row);
  return {
    id,
    promotionId,
    promotionName,
    capacity,
    name,
    jobType,
    large: row.large,
    status,
    settings: settings(row),
    progress,
    removal: removed,
    secondsLeft: isMoving(status) ? secondsLeft({ ...row, ...(removed ?? progress) }) : null,
    secondsSilent,
    deleted,
    duplicatesAvoided,
    error: row.error ?? row.failing,
    attempts,
    interruptions: interruptions.parse(row.interruptions),
    file: file(row),
    createdBy,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    secondsWaited,
    secondsWorked,
  };
}

function progressOf({ jobType, generated, numberOfCodes, fileRows, promotionCodes, deleted, total }: Columns): JobRow['progress'] {
  switch (jobType) {
    case 'code_generate':
      return { done: generated, total: numberOfCodes ?? 0 };
    case 'code_export':
      return { done: fileRows ?? 0, total: promotionCodes };
    case 'code_remove':
      return { done: deleted ?? 0, total: total ?? 0 };
  }
}

function removal({ status, failing, jobType, deleted, generated }: Columns): JobRow['removal'] {
  const underWay = status === 'cancelling' || (status === 'processing' && failing !== null);
  return underWay && jobDefinitions[jobType].rollback === 'codes' ? { done: deleted ?? 0, total: generated } : null;
}

function settings({ numberOfCodes, consumeUnit, maxUsesPerCode, codeLength, codePrefix }: Columns): JobRow['settings'] {
  if (numberOfCodes === null || consumeUnit === null || codeLength === null) return null;
  return { numberOfCodes, consumeUnit, maxUsesPerCode, codeLength, codePrefix };
}

function file({ status, fileRows, fileBytes, fileSha256 }: Columns): JobRow['file'] {
  if (status !== 'completed' || fileRows === null || fileBytes === null || fileSha256 === null) return null;
  return { rows: fileRows, bytes: Number(fileBytes), sha256: fileSha256 };
}

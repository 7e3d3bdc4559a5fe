import { z } from 'zod';
import { jobColumns } from '#lib/jobs/columns';
import type { JobRow } from '#lib/jobs/list/job-row';
import { secondsLeft } from '#lib/jobs/list/progress';
import { canCancel, isFinal, isMoving } from '#lib/jobs/status';
import { jobDefinitions } from '#lib/jobs/types/registry';

/** The columns of promotion_jobs that a screen needs. */
export const listedColumns = jobColumns.omit({ parameters: true, updatedAt: true });

/** A listed job with the facts of its promotion and its durations, all measured by the database's clock. */
export const listedJob = listedColumns.extend({
  promotionName: z.string(),
  promotionCodes: z.int(),
  capacity: z.int(),
  secondsWaited: z.number(),
  secondsWorked: z.number().nullable(),
  secondsSilent: z.number().nullable(),
  secondsUntilRetry: z.number().nullable(),
  /** The seconds since the last recorded progress. */
  secondsSince: z.number(),
  unusedWithoutUses: z.boolean(),
});

type ListedJob = z.output<typeof listedJob>;

/** Converts a job as the database returns it to a job as the screens show it. */
export function toJobRow(row: ListedJob): JobRow {
  const { id, promotionId, promotionName, capacity, name, jobType, status, deleted, duplicatesAvoided, createdBy, attempts } = row;
  const { secondsWaited, secondsWorked, secondsUntilRetry } = row;
  // A job that waits for a retry has no run, which is not a fault.
  const secondsSilent = secondsUntilRetry === null ? row.secondsSilent : null;
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
    retry: row.retryError && { error: row.retryError, secondsLeft: secondsUntilRetry },
    canCancel: canCancel(status) && !jobDefinitions[jobType].mustComplete,
    canRerun: isFinal(status) && jobType !== 'promotion_delete',
    attempts,
    interruptions: row.interruptions,
    file: file(row),
    unusedWithoutUses: row.unusedWithoutUses,
    createdBy,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
    secondsWaited,
    secondsWorked,
  };
}

function progressOf({ jobType, generated, numberOfCodes, fileRows, promotionCodes, deleted, total }: ListedJob): JobRow['progress'] {
  switch (jobType) {
    case 'code_generate':
      return { done: generated, total: numberOfCodes ?? 0 };
    case 'code_export':
      return { done: fileRows ?? 0, total: promotionCodes };
    case 'code_remove':
    case 'promotion_delete':
      return { done: deleted ?? 0, total: total ?? 0 };
  }
}

function removal({ status, failing, jobType, deleted, generated }: ListedJob): JobRow['removal'] {
  const underWay = status === 'cancelling' || (status === 'processing' && failing !== null);
  return underWay && jobDefinitions[jobType].rollback === 'codes' ? { done: deleted ?? 0, total: generated } : null;
}

function settings({ numberOfCodes, consumeUnit, maxUsesPerCode, codeLength, codePrefix }: ListedJob): JobRow['settings'] {
  if (numberOfCodes === null || consumeUnit === null || codeLength === null) return null;
  return { numberOfCodes, consumeUnit, maxUsesPerCode, codeLength, codePrefix };
}

function file({ status, fileRows, fileBytes, fileSha256 }: ListedJob): JobRow['file'] {
  if (status !== 'completed' || fileRows === null || fileBytes === null || fileSha256 === null) return null;
  return { rows: fileRows, bytes: Number(fileBytes), sha256: fileSha256 };
}

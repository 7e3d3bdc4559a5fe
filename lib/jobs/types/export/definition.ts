import { z } from 'zod';
import { defineJob } from '#lib/jobs/types/definition';
import { JobType } from '#prisma/enums';

/** Writes all codes of a promotion to a CSV file. */
export const exportJob = defineJob({
  fields: { job_type: z.literal(JobType.code_export) },
  check() {},
  columns: () => ({}),
  isLarge: () => false,
  rollback: 'nothing',
  mustComplete: false,
  listed: true,
  parameters: () => undefined,
  result: () => undefined,
  meta({ status, fileRows, fileBytes, fileSha256 }) {
    if (status !== 'completed' || fileRows === null || fileBytes === null || fileSha256 === null) return {};
    return { file: { rows: fileRows, bytes: Number(fileBytes), sha256: fileSha256 } };
  },
  constraints: ['promotion_jobs_code_export_is_whole'],
});

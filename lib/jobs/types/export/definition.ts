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
  parameters: () => undefined,
  result: () => undefined,
  constraints: ['promotion_jobs_code_export_is_whole'],
});

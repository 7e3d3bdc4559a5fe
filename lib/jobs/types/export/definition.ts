import { z } from 'zod';
import { extraColumns } from '#lib/exports/schema';
import { defineJob } from '#lib/jobs/types/definition';
import { JobType } from '#prisma/enums';

/** The columns that an export has in addition to the default ones. */
export const exportParameters = z.object({ extra_columns: extraColumns.default([]) }, { error: 'Enter an object with extra_columns' });

/** Writes all codes of a promotion to a CSV file. */
export const exportJob = defineJob({
  fields: { job_type: z.literal(JobType.code_export), parameters: exportParameters.optional() },
  check() {},
  columns: ({ parameters }) => (parameters && parameters.extra_columns.length > 0 ? { parameters } : {}),
  isLarge: () => false,
  rollback: 'nothing',
  mustComplete: false,
  listed: true,
  // The vendor's exports have none; additions are under `meta`.
  parameters: () => undefined,
  result: () => undefined,
  meta({ status, parameters, fileRows, fileBytes, fileSha256 }) {
    const chosen = parameters === null ? {} : { export: exportParameters.parse(parameters) };
    if (status !== 'completed' || fileRows === null || fileBytes === null || fileSha256 === null) return chosen;
    return { ...chosen, file: { rows: fileRows, bytes: Number(fileBytes), sha256: fileSha256 } };
  },
  constraints: ['promotion_jobs_code_export_is_whole', 'promotion_jobs_parameters_of_kind'],
});

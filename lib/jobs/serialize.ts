import { z } from 'zod';
import type { ApiJobColumns } from '#lib/jobs/columns';
import { apiErrorTexts } from '#lib/jobs/errors';
import { isFinal } from '#lib/jobs/status';
import { apiJobMeta } from '#lib/jobs/types/definition';
import { generateApiParameters, generateApiResult } from '#lib/jobs/types/generate/definition';
import { jobDefinitions } from '#lib/jobs/types/registry';
import { JobStatus, JobType } from '#prisma/enums';

const timestamp = z.iso.datetime();

/** A job in the API. A field without a value is omitted, never null. Fields that the vendor's API does not have are under `meta`. */
export const apiJob = z
  .object({
    type: z.literal('promotion_job'),
    id: z.uuid(),
    promotion_id: z.uuid(),
    job_type: z.enum(JobType),
    name: z.string().optional(),
    parameters: generateApiParameters.optional().meta({ description: 'What was requested of a `code_generate` job.' }),
    status: z.enum(JobStatus),
    result: generateApiResult.optional().meta({ description: 'Of a `code_generate` job that has ended.' }),
    error: z.string().optional().meta({ description: 'Why a failed job failed.' }),
    meta: apiJobMeta.extend({ timestamps: z.object({ created_at: timestamp, updated_at: timestamp }) }),
  })
  .meta({ id: 'PromotionJob' });

export type ApiJob = z.output<typeof apiJob>;

/** Converts a job row to its form in the HTTP API. */
export function serializeJob(job: ApiJobColumns): ApiJob {
  const { jobType, status } = job;
  const kind = jobDefinitions[jobType];
  const parameters = kind.parameters(job);
  const result = isFinal(status) ? kind.result(job) : undefined;
  return {
    type: 'promotion_job',
    id: job.id,
    promotion_id: job.promotionId,
    job_type: jobType,
    ...(job.name !== null && { name: job.name }),
    ...(parameters && { parameters }),
    status,
    ...(result && { result }),
    ...(job.error !== null && { error: apiErrorTexts[job.error] }),
    meta: {
      timestamps: { created_at: job.createdAt.toISOString(), updated_at: job.updatedAt.toISOString() },
      ...kind.meta(job),
    },
  };
}

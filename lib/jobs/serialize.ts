import { z } from 'zod';
import { apiErrorTexts } from '#lib/jobs/errors';
import { isFinal } from '#lib/jobs/status';
import type { ApiJobColumns } from '#lib/jobs/types/definition';
import { generateApiParameters, generateApiResult } from '#lib/jobs/types/generate/definition';
import { jobDefinitions } from '#lib/jobs/types/registry';
import { JobStatus, JobType } from '#prisma/enums';

const count = z.int().min(0);
const timestamp = z.iso.datetime();

/** A job in the API. An absent field is left out, never null; additions to the vendor's fields are under `meta`. */
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
    meta: z.object({
      timestamps: z.object({ created_at: timestamp, updated_at: timestamp }),
      progress: z.object({ generated: count }).optional().meta({ description: 'Of a `code_generate` job that is not over.' }),
      file: z
        .object({ rows: count, bytes: count, sha256: z.string() })
        .optional()
        .meta({ description: 'The file of a completed export. Its link: `GET …/file`.' }),
    }),
  })
  .meta({ id: 'PromotionJob' });

export type ApiJob = z.output<typeof apiJob>;

/** The job for the HTTP API. */
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
    meta: meta(job),
  };
}

function meta(job: ApiJobColumns): ApiJob['meta'] {
  const timestamps = { created_at: job.createdAt.toISOString(), updated_at: job.updatedAt.toISOString() };
  if (job.status === 'completed' && job.fileRows !== null && job.fileBytes !== null && job.fileSha256 !== null)
    return { timestamps, file: { rows: job.fileRows, bytes: Number(job.fileBytes), sha256: job.fileSha256 } };
  if (job.jobType === 'code_generate' && !isFinal(job.status)) return { timestamps, progress: { generated: job.generated } };
  return { timestamps };
}

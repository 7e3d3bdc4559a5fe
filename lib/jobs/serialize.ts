import { z } from 'zod';
import { apiErrorTexts } from '#lib/jobs/errors';
import { isFinal } from '#lib/jobs/status';
import type { PromotionJob } from '#prisma/client';
import { ConsumeUnit, JobStatus, JobType } from '#prisma/enums';

const count = z.int().min(0);
const timestamp = z.iso.datetime();

/** A job as the wire has it. What is absent there is absent here, never null; additions of our own stand under `meta`. */
export const wireJob = z
  .object({
    type: z.literal('promotion_job'),
    id: z.uuid(),
    promotion_id: z.uuid(),
    job_type: z.enum(JobType),
    name: z.string().optional(),
    parameters: z
      .object({
        number_of_codes: z.int(),
        consume_unit: z.enum(ConsumeUnit),
        max_uses_per_code: count.optional().meta({ description: 'Absent is unlimited; 0 makes codes that cannot be used.' }),
        code_length: z.int(),
        code_prefix: z.string().optional(),
      })
      .optional()
      .meta({ description: 'What was asked of a `code_generate` job.' }),
    status: z.enum(JobStatus),
    result: z
      .object({
        generated: count.meta({ description: 'How many codes the job made.' }),
        deleted: count.optional().meta({ description: 'How many of them a cancellation or a failure took back.' }),
      })
      .optional()
      .meta({ description: 'Of a `code_generate` job that is over.' }),
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

export type WireJob = z.output<typeof wireJob>;

/** What the wire says of a job. */
export type JobOnWire = Pick<
  PromotionJob,
  | 'id'
  | 'promotionId'
  | 'jobType'
  | 'name'
  | 'numberOfCodes'
  | 'consumeUnit'
  | 'maxUsesPerCode'
  | 'codeLength'
  | 'codePrefix'
  | 'status'
  | 'generated'
  | 'deleted'
  | 'error'
  | 'fileRows'
  | 'fileBytes'
  | 'fileSha256'
  | 'createdAt'
  | 'updatedAt'
>;

/** The job for the HTTP API. */
export function serializeJob(job: JobOnWire): WireJob {
  const { jobType, status } = job;
  return {
    type: 'promotion_job',
    id: job.id,
    promotion_id: job.promotionId,
    job_type: jobType,
    ...(job.name !== null && { name: job.name }),
    ...(jobType === 'code_generate' && { parameters: parameters(job) }),
    status,
    ...(jobType === 'code_generate' && isFinal(status) && { result: result(job) }),
    ...(job.error !== null && { error: apiErrorTexts[job.error] }),
    meta: meta(job),
  };
}

function parameters(job: JobOnWire): WireJob['parameters'] {
  return {
    // The database holds these three for every job that generates.
    number_of_codes: job.numberOfCodes ?? 0,
    consume_unit: job.consumeUnit ?? 'per_cart',
    ...(job.maxUsesPerCode !== null && { max_uses_per_code: job.maxUsesPerCode }),
    code_length: job.codeLength ?? 0,
    ...(job.codePrefix !== null && { code_prefix: job.codePrefix }),
  };
}

function result({ generated, deleted }: JobOnWire): WireJob['result'] {
  return { generated, ...(deleted !== null && { deleted }) };
}

function meta(job: JobOnWire): WireJob['meta'] {
  const timestamps = { created_at: job.createdAt.toISOString(), updated_at: job.updatedAt.toISOString() };
  if (job.status === 'completed' && job.fileRows !== null && job.fileBytes !== null && job.fileSha256 !== null)
    return { timestamps, file: { rows: job.fileRows, bytes: Number(job.fileBytes), sha256: job.fileSha256 } };
  if (job.jobType === 'code_generate' && !isFinal(job.status)) return { timestamps, progress: { generated: job.generated } };
  return { timestamps };
}

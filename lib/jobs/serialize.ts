import { isFinal } from '#lib/jobs/status';
import type { PromotionJob } from '#prisma/client';

/** A job as the wire has it. What is absent there is absent here, never null; additions of our own stand under `meta`. */
export type WireJob = {
  type: 'promotion_job';
  id: string;
  promotion_id: string;
  job_type: PromotionJob['jobType'];
  name?: string;
  parameters?: {
    number_of_codes: number;
    consume_unit: 'per_cart' | 'per_item';
    max_uses_per_code?: number;
    code_length: number;
    code_prefix?: string;
  };
  status: PromotionJob['status'];
  result?: { generated: number; deleted?: number };
  error?: string;
  meta: {
    timestamps: { created_at: string; updated_at: string };
    progress?: { generated: number };
    file?: { rows: number; bytes: number; sha256: string };
  };
};

/** The job for the HTTP API. */
export function serializeJob(job: PromotionJob): WireJob {
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
    ...(job.error !== null && { error: job.error }),
    meta: meta(job),
  };
}

function parameters(job: PromotionJob): WireJob['parameters'] {
  return {
    // The database holds these three for every job that generates.
    number_of_codes: job.numberOfCodes ?? 0,
    consume_unit: job.consumeUnit ?? 'per_cart',
    ...(job.maxUsesPerCode !== null && { max_uses_per_code: job.maxUsesPerCode }),
    code_length: job.codeLength ?? 0,
    ...(job.codePrefix !== null && { code_prefix: job.codePrefix }),
  };
}

function result({ generated, deleted }: PromotionJob): WireJob['result'] {
  return { generated, ...(deleted !== null && { deleted }) };
}

function meta(job: PromotionJob): WireJob['meta'] {
  const timestamps = { created_at: job.createdAt.toISOString(), updated_at: job.updatedAt.toISOString() };
  if (job.status === 'completed' && job.fileRows !== null && job.fileBytes !== null && job.fileSha256 !== null)
    return { timestamps, file: { rows: job.fileRows, bytes: Number(job.fileBytes), sha256: job.fileSha256 } };
  if (job.jobType === 'code_generate' && !isFinal(job.status)) return { timestamps, progress: { generated: job.generated } };
  return { timestamps };
}

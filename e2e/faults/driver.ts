import type { Database } from '#lib/db';
import { cancelJob } from '#lib/jobs/cancel';
import { createJob } from '#lib/jobs/create';
import type { CreateJobInput } from '#lib/jobs/schema';
import type { Actor } from '#lib/users/permissions';

/** How the harness asks for jobs. Everything else it does, it does to processes, files and connections. */
export type Driver = {
  create(promotionId: string, input: CreateJobInput): Promise<string>;
  cancel(promotionId: string, jobId: string): Promise<void>;
};

const actor: Actor = { id: '00000000-0000-4000-8000-000000000000', name: 'faults@example.com', role: 'merchandiser' };

/** By the domain's own verbs, in this process. */
export function verbs(db: Database): Driver {
  return {
    create: async (promotionId, input) => (await createJob(db, actor, promotionId, input)).id,
    cancel: (promotionId, jobId) => cancelJob(db, actor, { promotionId, jobId }),
  };
}

/** What a job for so many codes asks. */
export function codes(number_of_codes: number, code_prefix?: string): CreateJobInput {
  return { job_type: 'code_generate', parameters: { number_of_codes, consume_unit: 'per_cart', code_length: 8, code_prefix } };
}

export const anExport: CreateJobInput = { job_type: 'code_export' };

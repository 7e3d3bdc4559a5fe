import type { z } from 'zod';
import type { RequestRules } from '#lib/jobs/types/definition';
import { deleteJob } from '#lib/jobs/types/delete/definition';
import { exportJob } from '#lib/jobs/types/export/definition';
import { generateJob } from '#lib/jobs/types/generate/definition';
import { removeJob } from '#lib/jobs/types/remove/definition';
import { JobType } from '#prisma/enums';

/** The definition of every kind of job. The compiler checks the list against the enum of the database. */
export const jobDefinitions = {
  code_generate: generateJob,
  code_export: exportJob,
  code_remove: removeJob,
  promotion_delete: deleteJob,
} as const satisfies Record<JobType, unknown>;

type Definitions = typeof jobDefinitions;

/** The kinds that users and API clients can request. */
export type RequestedType = { [T in JobType]: Definitions[T] extends { fields: z.ZodRawShape } ? T : never }[JobType];

type Inputs = { [T in RequestedType]: z.output<z.ZodObject<Definitions[T]['fields']>> };

const rules: { [T in RequestedType]: RequestRules<Inputs[T]> } = jobDefinitions;

/** Returns the rules for requests that create this kind of job. */
export function rulesOf<T extends RequestedType>(type: T): RequestRules<Inputs[T]> {
  return rules[type];
}

/** The kinds that the API's lists include without a filter on `job_type`. */
export const listedTypes = Object.values(JobType).filter((type) => jobDefinitions[type].listed);

/** The kinds that remove the created codes after a cancellation or failure. */
export const typesWithRollback = Object.values(JobType).filter((type) => jobDefinitions[type].rollback === 'codes');

/** The kinds that can be cancelled. */
export const cancellableTypes = Object.values(JobType).filter((type) => !jobDefinitions[type].mustComplete);

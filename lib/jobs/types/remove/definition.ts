import { z } from 'zod';
import { DomainError } from '#lib/errors';
import { defineJob } from '#lib/jobs/types/definition';
import { codePrefix } from '#lib/jobs/types/generate/definition';
import { noUsesText } from '#lib/redemptions/status';
import { JobType } from '#prisma/enums';

const filter = {
  job_id: z.uuid('Enter the id of a job').optional().meta({ description: 'Only codes that this job created.' }),
  prefix: codePrefix.optional().meta({ description: 'Only codes that start with this text, in any case.' }),
  unused: z
    .boolean({ error: 'Choose true or false' })
    .optional()
    .meta({
      description: `Only codes of which no use counts. Of a promotion without a recorded use, these are all codes. ${noUsesText}.`,
    }),
};

/** The filter that selects codes of the promotion. Without fields, it selects all codes. */
export const removeFilter = z.object(filter, { error: 'Enter an object with job_id, prefix or unused' });

/**
 * Removes the codes of the promotion that match a filter, existed when the job was created, and still match when their slice runs. A
 * cancelled or failed job keeps the remaining codes.
 */
export const removeJob = defineJob({
  fields: { job_type: z.literal(JobType.code_remove), parameters: removeFilter },
  check(promotion) {
    if (promotion.automatic) throw new DomainError('unprocessable', 'An automatic promotion has no codes to remove');
  },
  columns: ({ parameters }) => ({ parameters }),
  isLarge: () => true,
  rollback: 'nothing',
  mustComplete: false,
  listed: false,
  // Only the vendor's kinds have parameters and a result. Values of other kinds are under `meta`.
  parameters: () => undefined,
  result: () => undefined,
  meta: ({ parameters, deleted, total }) => ({
    removal: {
      filter: removeFilter.parse(parameters),
      deleted: deleted ?? 0,
      ...(total !== null && { kept: Math.max(0, total - (deleted ?? 0)) }),
    },
  }),
  constraints: ['promotion_jobs_code_remove_has_filter'],
});

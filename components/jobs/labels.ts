import { formatCount } from '#lib/format/number';
import type { JobRow } from '#lib/jobs/list/job-row';
import type { ConsumeUnit, JobType } from '#prisma/enums';

/** Returns the name of a job, or a description of its codes if it has no name. */
export function jobTitle({ name, settings, jobType }: Pick<JobRow, 'name' | 'settings'> & Partial<Pick<JobRow, 'jobType'>>): string {
  if (name !== null) return name;
  if (settings) return formatCount(settings.numberOfCodes, 'code');
  return jobType === 'code_remove' ? 'Selected codes' : 'All codes';
}

export const jobTypeLabels = { code_generate: 'Generate', code_export: 'Export', code_remove: 'Remove' } as const satisfies Record<
  JobType,
  string
>;

export const consumeUnitLabels = { per_cart: 'per cart', per_item: 'per item' } as const satisfies Record<ConsumeUnit, string>;

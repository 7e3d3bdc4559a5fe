import { formatCount, formatNumber } from '#lib/format/number';
import type { JobRow } from '#lib/jobs/list/job-row';
import type { ConsumeUnit, JobType } from '#prisma/enums';

type Titled = Pick<JobRow, 'name' | 'settings'> & Partial<Pick<JobRow, 'jobType' | 'promotionName'>>;

/** Returns the name of a job, or a description of what it works on if it has no name. */
export function jobTitle({ name, settings, jobType, promotionName }: Titled): string {
  if (name !== null) return name;
  if (settings) return formatCount(settings.numberOfCodes, 'code');
  if (jobType === 'promotion_delete') return promotionName ?? 'The promotion';
  return jobType === 'code_remove' ? 'Selected codes' : 'All codes';
}

export const jobTypeLabels = {
  code_generate: 'Generate',
  code_export: 'Export',
  code_remove: 'Remove',
  promotion_delete: 'Delete promotion',
} as const satisfies Record<JobType, string>;

/** Replaces the Cancel button of a deletion. */
export const cannotCancel = "A deletion can't be cancelled.";

/** Returns what a completed deletion removed. */
export function deletedText({ done, total }: JobRow['progress']): string {
  const removed = `${formatCount(done, 'code')} removed`;
  return total > done ? `${removed}, ${formatNumber(total - done)} taken by other promotions` : removed;
}

export const consumeUnitLabels = { per_cart: 'per cart', per_item: 'per item' } as const satisfies Record<ConsumeUnit, string>;

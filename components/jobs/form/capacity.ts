import { formatCount, formatNumber } from '#lib/format/number';
import type { PromotionCapacity } from '#lib/jobs/list/job-row';

/** Returns how many more codes fit. Codes that an active job has yet to create are used; those it has yet to remove are free. */
export function freeCapacity({ maxCodes, codeCount, activeJob }: PromotionCapacity): number {
  const { removal, settings, progress } = activeJob ?? {};
  const pending = removal ? removal.done - removal.total : settings && progress ? progress.total - progress.done : 0;
  return Math.max(0, maxCodes - codeCount - pending);
}

/** Returns why `numberOfCodes` codes do not fit, or undefined when they do. */
export function capacityError(promotion: PromotionCapacity, numberOfCodes: number): string | undefined {
  const free = freeCapacity(promotion);
  if (numberOfCodes <= free) return undefined;
  const usage = `${formatNumber(promotion.maxCodes - free)} of ${formatNumber(promotion.maxCodes)} are in use`;
  return free === 0
    ? `This promotion is full: ${usage}.`
    : `Only ${formatCount(free, 'more code')} ${free === 1 ? 'fits' : 'fit'}: ${usage}.`;
}

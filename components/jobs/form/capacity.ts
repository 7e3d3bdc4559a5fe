import { formatCount, formatNumber } from '#lib/format/number';
import type { PromotionCapacity } from '#lib/jobs/list/job-row';

/** How many more codes fit. What an active job has yet to make is taken already, and what it has yet to remove is free. */
export function codesLeft({ maxCodes, codeCount, activeJob }: PromotionCapacity): number {
  const { removal, settings, progress } = activeJob ?? {};
  const coming = removal ? removal.done - removal.total : settings && progress ? progress.total - progress.done : 0;
  return Math.max(0, maxCodes - codeCount - coming);
}

/** Why so many codes do not fit, or undefined when they do. */
export function capacityProblem(capacity: PromotionCapacity, numberOfCodes: number): string | undefined {
  const left = codesLeft(capacity);
  if (numberOfCodes <= left) return undefined;
  const taken = `${formatNumber(capacity.maxCodes - left)} of ${formatNumber(capacity.maxCodes)} are taken`;
  return left === 0
    ? `This promotion is full: ${taken}.`
    : `Only ${formatCount(left, 'more code')} ${left === 1 ? 'fits' : 'fit'}: ${taken}.`;
}

import { DomainError } from '#lib/errors';
import { shorten } from '#lib/input/text';
import { promotionLimits } from '#lib/promotions/schema';

const { defaultMaxCodes, daysAboveDefault, nameLength } = promotionLimits;
const day = 86_400_000;

/** The latest end of a promotion with more than 1000 codes. */
export function latestEndAbove1000(start: Date): Date {
  return new Date(start.getTime() + daysAboveDefault * day);
}

function mustEndWithinAYear(codes: number, promotion: { start: Date; end: Date }): boolean {
  return codes > defaultMaxCodes && promotion.end > latestEndAbove1000(promotion.start);
}

/** Throws `unprocessable` for dates too far apart for this number of codes, with the latest allowed end. `source` is the field to correct. */
export function checkLength(codes: number, promotion: { start: Date; end: Date }, source?: string): void {
  if (!mustEndWithinAYear(codes, promotion)) return;
  const latest = `${latestEndAbove1000(promotion.start).toISOString().slice(0, 19)}Z`;
  throw new DomainError('unprocessable', {
    detail: `A promotion with more than ${defaultMaxCodes} codes must end within ${daysAboveDefault} days of its start: an end up to ${latest} would do`,
    ...(source && { source }),
  });
}

/** The name of the `copy`-th copy of a promotion, within the limit of a name. */
export function nameOfCopy(name: string, copy = 1): string {
  return shorten(copy === 1 ? `Copy of ${name}` : `Copy ${copy} of ${name}`, nameLength);
}

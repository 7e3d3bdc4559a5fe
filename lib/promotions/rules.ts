/** What a promotion may hold unless an administrator raises it; above it, the promotion must end within a year. */
export const defaultMaxCodes = 1000;

const day = 86_400_000;

/** The last end that a promotion of more than 1000 codes may have. */
export function latestEndAbove1000(start: Date): Date {
  return new Date(start.getTime() + 365 * day);
}

/** Whether that many codes are too many for how long the promotion runs. */
export function mustEndWithinAYear(codes: number, promotion: { start: Date; end: Date }): boolean {
  return codes > defaultMaxCodes && promotion.end > latestEndAbove1000(promotion.start);
}

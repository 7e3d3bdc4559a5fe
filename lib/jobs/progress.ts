/** How far a job is, and since when: seconds by the database's clock, so that no other clock can be wrong. */
export type Measured = {
  done: number;
  /** Null while nobody knows how much there is to do. */
  total: number | null;
  /** From the start of the work to the last progress that was counted. */
  secondsMeasured: number | null;
  /** From the start of the work to now, or to its end. */
  secondsWorked: number | null;
};

/** The seconds still needed at the rate measured so far; null before there is a rate. It runs down between two slices. */
export function secondsLeft({ done, total, secondsMeasured, secondsWorked }: Measured): number | null {
  if (total === null || done <= 0 || secondsMeasured === null || secondsMeasured <= 0 || secondsWorked === null) return null;
  const needed = ((total - done) / done) * secondsMeasured;
  return Math.max(0, needed - (secondsWorked - secondsMeasured));
}

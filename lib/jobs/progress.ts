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

// A run counts its progress every second or so; after this it stalls, and no rate of the past says for how long.
const stalledAfterSeconds = 10;

/** The seconds still needed at the rate measured so far; null before there is a rate, and while the run stalls. */
export function secondsLeft({ done, total, secondsMeasured, secondsWorked }: Measured): number | null {
  if (total === null || done <= 0 || secondsMeasured === null || secondsMeasured <= 0 || secondsWorked === null) return null;
  const sinceProgress = secondsWorked - secondsMeasured;
  if (sinceProgress > stalledAfterSeconds) return null;
  return Math.max(0, ((total - done) / done) * secondsMeasured - sinceProgress);
}

/** The measured progress of a job. Times are seconds by the database's clock. */
export type Measured = {
  done: number;
  total: number;
  /** Units per second of the run; null before it is measured. */
  rate: number | null;
  /** Seconds since `done` was counted. */
  secondsSince: number;
};

// A run counts its progress about every second. After this time without a count, the run has stalled and its rate is meaningless.
const stalledAfterSeconds = 10;

/** Returns the remaining seconds at the rate of the run. Null before the first rate and while the run is stalled. */
export function secondsLeft({ done, total, rate, secondsSince }: Measured): number | null {
  if (rate === null || rate <= 0 || secondsSince > stalledAfterSeconds) return null;
  return Math.max(0, (total - done) / rate - secondsSince);
}

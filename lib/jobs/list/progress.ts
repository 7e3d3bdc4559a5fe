/** How far a job is. Times are seconds by the database's clock, so that no other clock can be wrong. */
export type Measured = {
  done: number;
  total: number;
  /** How much its run does in a second; null before that is measured. */
  rate: number | null;
  /** Since `done` was counted. */
  secondsSince: number;
};

// A run counts its progress every second or so; after this it stalls, and no rate of the past says for how long.
const stalledAfterSeconds = 10;

/** The seconds still needed at the rate of the run; null before there is a rate, and while the run stalls. */
export function secondsLeft({ done, total, rate, secondsSince }: Measured): number | null {
  if (rate === null || rate <= 0 || secondsSince > stalledAfterSeconds) return null;
  return Math.max(0, (total - done) / rate - secondsSince);
}

/** The amount of recent work and its duration, both weighted: older work counts less. */
export type Throughput = { done: number; at: number; amount: number; seconds: number };

// Work of this age counts a third of current work. The time is long enough to ignore short stalls of a busy machine, and short
// enough to reflect the start or end of another job.
const memorySeconds = 10;
const minSeconds = 0.8;

/** Starts a measurement after `done` units. `at` is in seconds; all calls must use the same clock. */
export function startThroughput(done: number, at: number): Throughput {
  return { done, at, amount: 0, seconds: 0 };
}

/** Returns the throughput after a total of `done` units. */
export function nextThroughput(previous: Throughput, done: number, at: number): Throughput {
  const elapsed = at - previous.at;
  const kept = Math.exp(-elapsed / memorySeconds);
  return { done, at, amount: previous.amount * kept + done - previous.done, seconds: previous.seconds * kept + elapsed };
}

/** Returns the units per second when a remaining unit takes `each` times as long as a measured one. Null while the measured time is too short. */
export function perSecond({ amount, seconds }: Throughput, each = 1): number | null {
  return amount > 0 && seconds >= minSeconds ? amount / seconds / each : null;
}

/** The recent work of a run and its duration. Older work counts less and less. */
export type Throughput = { done: number; at: number; amount: number; seconds: number };

// Work of this age counts a third of current work: long enough to ignore short stalls of a busy machine, short enough to
// reflect that another job has started or ended.
const memorySeconds = 10;
const minSeconds = 0.8;

/** Starts to measure after `done` units. `at` is in seconds, always by the same clock. */
export function startThroughput(done: number, at: number): Throughput {
  return { done, at, amount: 0, seconds: 0 };
}

/** Updates the throughput after `done` units in total. */
export function nextThroughput(previous: Throughput, done: number, at: number): Throughput {
  const elapsed = at - previous.at;
  const kept = Math.exp(-elapsed / memorySeconds);
  return { done, at, amount: previous.amount * kept + done - previous.done, seconds: previous.seconds * kept + elapsed };
}

/** Units per second, where a remaining unit takes `each` of a measured one; null until enough was measured. */
export function perSecond({ amount, seconds }: Throughput, each = 1): number | null {
  return amount > 0 && seconds >= minSeconds ? amount / seconds / each : null;
}

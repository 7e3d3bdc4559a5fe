/** How fast a run is: what it did recently, and how long that took. Older work counts less and less. */
export type Throughput = { done: number; at: number; amount: number; seconds: number };

// Work this far back counts a third of what happens now: long enough to ignore the stutter of a busy machine, short enough to
// notice when another job starts or ends beside this one.
const memorySeconds = 10;
const minSeconds = 0.8;

/** Starts to measure after `done` units. `at` is seconds of any one clock. */
export function startThroughput(done: number, at: number): Throughput {
  return { done, at, amount: 0, seconds: 0 };
}

/** The throughput once `done` units are done. */
export function nextThroughput(previous: Throughput, done: number, at: number): Throughput {
  const elapsed = at - previous.at;
  const kept = Math.exp(-elapsed / memorySeconds);
  return { done, at, amount: previous.amount * kept + done - previous.done, seconds: previous.seconds * kept + elapsed };
}

/** Units per second, where a remaining unit takes `each` of a measured one; null until enough was measured. */
export function perSecond({ amount, seconds }: Throughput, each = 1): number | null {
  return amount > 0 && seconds >= minSeconds ? amount / seconds / each : null;
}

/** How fast a run gets on, remembered as what it did of late and how long that took. */
export type Pace = { done: number; at: number; amount: number; seconds: number };

// What lies so far back counts for a third of what happens now: long enough not to follow each stutter of a busy
// machine, short enough to follow when another job begins or ends beside this one.
const memorySeconds = 10;
const leastSeconds = 0.8;

/** Starts to measure: so much was done before, and nobody asks how fast. Times are seconds of any one clock. */
export function startPace(done: number, at: number): Pace {
  return { done, at, amount: 0, seconds: 0 };
}

/** The pace once `done` is done. */
export function nextPace(pace: Pace, done: number, at: number): Pace {
  const elapsed = at - pace.at;
  const kept = Math.exp(-elapsed / memorySeconds);
  return { done, at, amount: pace.amount * kept + done - pace.done, seconds: pace.seconds * kept + elapsed };
}

/** How much is done in a second, counted in what takes `each` of the pace's measure; null before enough was seen to tell. */
export function perSecond({ amount, seconds }: Pace, each = 1): number | null {
  return amount > 0 && seconds >= leastSeconds ? amount / seconds / each : null;
}

import { describe, expect, test } from 'vitest';
import { nextThroughput, perSecond, startThroughput } from '#lib/jobs/engine/throughput';
import { secondsLeft } from '#lib/jobs/list/progress';
import { etaModel } from '#lib/jobs/types/generate/eta-model';

/** The progress of a run: the second and the work done at the end of each slice. */
type Recorded = [seconds: number, done: number][];

/** Returns the largest error of the estimates from the third second on, as a fraction of the actual remaining time. */
function worstEstimate(recorded: Recorded, model = (done: number, _total: number) => ({ done, each: 1 })): number {
  const [[startedAt, from] = [0, 0]] = recorded;
  const [end, total] = recorded.at(-1) ?? [0, 0];
  let throughput = startThroughput(model(from, total).done, startedAt);
  const wrongBy = recorded.slice(1, -1).flatMap(([at, done]) => {
    const { done: workDone, each } = model(done, total);
    throughput = nextThroughput(throughput, workDone, at);
    const left = secondsLeft({ done, total, rate: perSecond(throughput, each), secondsSince: 0 });
    // In the last second, the screen always shows "about 1 s".
    return at - startedAt < 3 || end - at < 1 ? [] : [left === null ? 1 : Math.abs(left - (end - at)) / (end - at)];
  });
  return Math.max(...wrongBy);
}

/** Returns a run with slices of 25,000 codes. `seconds` returns the duration of each slice. */
function slices(n: number, seconds: (slice: number) => number): Recorded {
  const recorded: Recorded = [[0, 0]];
  for (let slice = 1; slice <= n; slice += 1) recorded.push([(recorded.at(-1)?.[0] ?? 0) + seconds(slice), slice * 25_000]);
  return recorded;
}

// Measured: the seconds for each quarter of a million codes in a job of ten million codes in an empty database.
const measured = [
  1.17, 1.07, 1.44, 1.14, 1.46, 1.25, 1.23, 1.3, 1.28, 1.28, 1.48, 1.38, 1.37, 1.33, 1.5, 1.36, 1.41, 1.6, 1.62, 1.73, 1.62, 1.65, 1.59,
  1.69, 1.84, 1.69, 1.85, 2.03, 1.72, 1.81, 1.91, 1.76, 1.79, 1.78, 1.76, 1.81, 1.98, 1.91, 1.85, 1.66,
];

/** The measured job in slices of 50,000 codes. */
const tenMillion: Recorded = [[0, 0]];
for (const seconds of measured) {
  for (let slice = 0; slice < 5; slice += 1) {
    const [at, done] = tenMillion.at(-1) ?? [0, 0];
    tenMillion.push([at + seconds / 5, done + 50_000]);
  }
}

describe('etaModel', () => {
  test('etaModel estimates within 20% at a constant throughput', () => {
    expect(worstEstimate(slices(120, () => 0.25))).toBeLessThan(0.01);
  });

  test('etaModel estimates within 20% when codes take longer as the database grows', () => {
    const model = (generated: number, requested: number) => etaModel({ stored: 0, generated, requested });
    expect(worstEstimate(tenMillion)).toBeGreaterThan(0.2);
    expect(worstEstimate(tenMillion, model)).toBeLessThan(0.2);
    expect(worstEstimate(tenMillion.slice(0, 61), model)).toBeLessThan(0.2);
  });

  test('etaModel estimates within 20% in a database with many codes', () => {
    const model = (generated: number, requested: number) => etaModel({ stored: 100_000_000, generated, requested });
    expect(
      worstEstimate(
        slices(120, () => 0.25),
        model,
      ),
    ).toBeLessThan(0.01);
  });

  test('etaModel estimates within 20% when the durations of slices vary, as on a disk that flushes', () => {
    expect(worstEstimate(slices(120, (slice) => (slice % 7 === 0 ? 0.5 : 0.2)))).toBeLessThan(0.2);
  });

  test('etaModel estimates within 20% after a slow start', () => {
    expect(worstEstimate(slices(120, (slice) => (slice <= 2 ? 0.45 : 0.22)))).toBeLessThan(0.2);
  });

  test('etaModel estimates within 20% when slices become slower at a constant rate', () => {
    expect(worstEstimate(slices(120, (slice) => 0.2 * (1 + slice / 400)))).toBeLessThan(0.2);
  });

  test('etaModel estimates within 20% for a job that continues after an interruption of an hour', () => {
    const before = slices(40, () => 0.25);
    const [, done] = before.at(-1) ?? [0, 0];
    const after = slices(80, () => 0.25).map(([at, more]): [number, number] => [3_600 + at, done + more]);
    expect(worstEstimate(after)).toBeLessThan(0.01);
  });
});

test('nextThroughput follows a change within 30 seconds', () => {
  let throughput = startThroughput(0, 0);
  for (let second = 1; second <= 60; second += 1) throughput = nextThroughput(throughput, second * 100_000, second);
  for (let second = 1; second <= 30; second += 1) throughput = nextThroughput(throughput, 6_000_000 + second * 50_000, 60 + second);
  expect(perSecond(throughput)).toBeGreaterThan(50_000);
  expect(perSecond(throughput)).toBeLessThan(60_000);
});

test('perSecond returns null at the start and without progress', () => {
  const start = startThroughput(5_000, 10);
  expect(perSecond(start)).toBeNull();
  expect(perSecond(nextThroughput(start, 30_000, 10.3))).toBeNull();
  expect(perSecond(nextThroughput(start, 30_000, 11))).toBe(25_000);
  expect(perSecond(nextThroughput(start, 5_000, 20))).toBeNull();
});

import { describe, expect, test } from 'vitest';
import { nextThroughput, perSecond, startThroughput } from '#lib/jobs/engine/throughput';
import { secondsLeft } from '#lib/jobs/list/progress';
import { etaModel } from '#lib/jobs/types/generate/eta-model';

/** The progress of a run: the second and the work done at the end of each slice. */
type Recorded = [seconds: number, done: number][];

/** The largest error of the estimates from the third second on, as a share of the actual remaining time. */
function worstEstimate(recorded: Recorded, effort = (done: number, _total: number) => ({ done, each: 1 })): number {
  const [[began, from] = [0, 0]] = recorded;
  const [end, total] = recorded.at(-1) ?? [0, 0];
  let pace = startThroughput(effort(from, total).done, began);
  const wrongBy = recorded.slice(1, -1).flatMap(([at, done]) => {
    const { done: effortDone, each } = effort(done, total);
    pace = nextThroughput(pace, effortDone, at);
    const left = secondsLeft({ done, total, rate: perSecond(pace, each), secondsSince: 0 });
    // In the last second, the screen always shows "about 1 s".
    return at - began < 3 || end - at < 1 ? [] : [left === null ? 1 : Math.abs(left - (end - at)) / (end - at)];
  });
  return Math.max(...wrongBy);
}

/** Slices of 25,000 codes with the durations that `seconds` returns. */
function slices(n: number, seconds: (slice: number) => number): Recorded {
  const recorded: Recorded = [[0, 0]];
  for (let slice = 1; slice <= n; slice += 1) recorded.push([(recorded.at(-1)?.[0] ?? 0) + seconds(slice), slice * 25_000]);
  return recorded;
}

// Measured: the seconds for each quarter of a million codes in a job of ten million codes in an empty store.
const measured = [
  1.17, 1.07, 1.44, 1.14, 1.46, 1.25, 1.23, 1.3, 1.28, 1.28, 1.48, 1.38, 1.37, 1.33, 1.5, 1.36, 1.41, 1.6, 1.62, 1.73, 1.62, 1.65, 1.59,
  1.69, 1.84, 1.69, 1.85, 2.03, 1.72, 1.81, 1.91, 1.76, 1.79, 1.78, 1.76, 1.81, 1.98, 1.91, 1.85, 1.66,
];

/** The same in slices of 50,000. */
const tenMillion: Recorded = [[0, 0]];
for (const seconds of measured) {
  for (let slice = 0; slice < 5; slice += 1) {
    const [at, done] = tenMillion.at(-1) ?? [0, 0];
    tenMillion.push([at + seconds / 5, done + 50_000]);
  }
}

describe('etaModel, from the third second on, is right within a fifth', () => {
  test('etaModel is right within a fifth at a constant throughput', () => {
    expect(worstEstimate(slices(120, () => 0.25))).toBeLessThan(0.01);
  });

  test('etaModel is right within a fifth when codes take longer as the store grows', () => {
    const effort = (generated: number, requested: number) => etaModel({ stored: 0, generated, requested });
    expect(worstEstimate(tenMillion)).toBeGreaterThan(0.2);
    expect(worstEstimate(tenMillion, effort)).toBeLessThan(0.2);
    expect(worstEstimate(tenMillion.slice(0, 61), effort)).toBeLessThan(0.2);
  });

  test('etaModel is right within a fifth in a store that is already large', () => {
    const effort = (generated: number, requested: number) => etaModel({ stored: 100_000_000, generated, requested });
    expect(
      worstEstimate(
        slices(120, () => 0.25),
        effort,
      ),
    ).toBeLessThan(0.01);
  });

  test('etaModel is right within a fifth when the durations of slices vary, as on a disk that flushes', () => {
    expect(worstEstimate(slices(120, (slice) => (slice % 7 === 0 ? 0.5 : 0.2)))).toBeLessThan(0.2);
  });

  test('etaModel is right within a fifth after a slow start', () => {
    expect(worstEstimate(slices(120, (slice) => (slice <= 2 ? 0.45 : 0.22)))).toBeLessThan(0.2);
  });

  test('etaModel is right within a fifth for the measured job of ten million codes', () => {
    expect(worstEstimate(slices(120, (slice) => 0.2 * (1 + slice / 400)))).toBeLessThan(0.2);
  });

  test('etaModel is right within a fifth for a job that continues after an interruption of any length', () => {
    const before = slices(40, () => 0.25);
    const [, done] = before.at(-1) ?? [0, 0];
    const after = slices(80, () => 0.25).map(([at, more]): [number, number] => [3_600 + at, done + more]);
    expect(worstEstimate(after)).toBeLessThan(0.01);
  });
});

test('the throughput follows a change within seconds', () => {
  let pace = startThroughput(0, 0);
  for (let second = 1; second <= 60; second += 1) pace = nextThroughput(pace, second * 100_000, second);
  for (let second = 1; second <= 30; second += 1) pace = nextThroughput(pace, 6_000_000 + second * 50_000, 60 + second);
  expect(perSecond(pace)).toBeGreaterThan(50_000);
  expect(perSecond(pace)).toBeLessThan(60_000);
});

test('the throughput is unknown at the start and without progress', () => {
  const start = startThroughput(5_000, 10);
  expect(perSecond(start)).toBeNull();
  expect(perSecond(nextThroughput(start, 30_000, 10.3))).toBeNull();
  expect(perSecond(nextThroughput(start, 30_000, 11))).toBe(25_000);
  expect(perSecond(nextThroughput(start, 5_000, 20))).toBeNull();
});

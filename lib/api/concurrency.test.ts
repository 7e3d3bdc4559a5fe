import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { limitConcurrency, limitRedemptions } from '#lib/api/concurrency';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const connected = new AbortController().signal;
const client = () => randomUUID();

/** Calls that run until `end` is called, and the numbers of the calls that have started. */
function calls() {
  const started: number[] = [];
  const ends = new Map<number, () => void>();
  return {
    started,
    call: (of: string, n: number, disconnected = connected) =>
      limitConcurrency(of, disconnected, async () => {
        started.push(n);
        await new Promise<void>((resolve) => ends.set(n, resolve));
        return n;
      }),
    end: (n: number) => ends.get(n)?.(),
  };
}

test('limitConcurrency runs at most four calls of a client at a time, and the others in their order', async () => {
  const { started, call, end } = calls();
  const of = client();
  const answers = [1, 2, 3, 4, 5, 6].map((n) => call(of, n));
  await vi.waitFor(() => expect(started).toEqual([1, 2, 3, 4]));
  end(3);
  expect(await answers[2]).toBe(3);
  await vi.waitFor(() => expect(started).toEqual([1, 2, 3, 4, 5]));
  for (const n of [1, 2, 4, 5]) end(n);
  await vi.waitFor(() => expect(started).toContain(6));
  end(6);
  expect(await Promise.all(answers)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('limitRedemptions runs at most eight redemptions at a time and rejects one that has waited for 10 seconds', async () => {
  const ends: (() => void)[] = [];
  const redemption = () => limitRedemptions(connected, () => new Promise<void>((resolve) => void ends.push(resolve)));
  const running = Array.from({ length: 8 }, redemption);
  await vi.waitFor(() => expect(ends).toHaveLength(8));
  const rejected = expect(redemption()).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 2 });
  vi.advanceTimersByTime(10_000);
  await rejected;
  for (const end of ends) end();
  await Promise.all(running);
  expect(ends).toHaveLength(8);
});

test('limitConcurrency lets no client wait for the calls of another client', async () => {
  const { started, call, end } = calls();
  const busy = client();
  const answers = [1, 2, 3, 4].map((n) => call(busy, n));
  answers.push(call(client(), 5));
  await vi.waitFor(() => expect(started).toEqual([1, 2, 3, 4, 5]));
  for (const n of started) end(n);
  await Promise.all(answers);
});

test('limitConcurrency rejects a call after it has waited for 10 seconds and does not run it later', async () => {
  const { started, call, end } = calls();
  const of = client();
  const running = [1, 2, 3, 4].map((n) => call(of, n));
  const rejected = expect(call(of, 5)).rejects.toMatchObject({ code: 'too_many_requests', retryAfterSeconds: 10 });
  vi.advanceTimersByTime(10_000);
  await rejected;
  for (const n of [1, 2, 3, 4]) end(n);
  expect(await Promise.all(running)).toEqual([1, 2, 3, 4]);
  expect(started).toEqual([1, 2, 3, 4]);
});

test('limitConcurrency does not run a waiting call whose client has disconnected', async () => {
  const { started, call, end } = calls();
  const of = client();
  const running = [1, 2, 3, 4].map((n) => call(of, n));
  const disconnected = new AbortController();
  const cancelled = expect(call(of, 5, disconnected.signal)).rejects.toMatchObject({ code: 'bad_request' });
  disconnected.abort();
  await cancelled;
  for (const n of [1, 2, 3, 4]) end(n);
  await Promise.all(running);
  expect(started).toEqual([1, 2, 3, 4]);
});

test('limitConcurrency runs the next call after a failed one', async () => {
  const of = client();
  const failures = Array.from({ length: 8 }, () => limitConcurrency(of, connected, () => Promise.reject(new Error('failed'))));
  for (const failure of failures) await expect(failure).rejects.toThrow('failed');
});

import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { inTurn, redeemInTurn } from '#lib/api/turns';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

const here = new AbortController().signal;
const client = () => randomUUID();

/** Calls that run until they are told to end, and a list of those that have begun. */
function calls() {
  const begun: number[] = [];
  const ends = new Map<number, () => void>();
  return {
    begun,
    call: (of: string, n: number, gone = here) =>
      inTurn(of, gone, async () => {
        begun.push(n);
        await new Promise<void>((resolve) => ends.set(n, resolve));
        return n;
      }),
    end: (n: number) => ends.get(n)?.(),
  };
}

test('at most four calls of a client run at once, and further ones begin in the order they came', async () => {
  const { begun, call, end } = calls();
  const of = client();
  const answers = [1, 2, 3, 4, 5, 6].map((n) => call(of, n));
  await vi.waitFor(() => expect(begun).toEqual([1, 2, 3, 4]));
  end(3);
  expect(await answers[2]).toBe(3);
  await vi.waitFor(() => expect(begun).toEqual([1, 2, 3, 4, 5]));
  for (const n of [1, 2, 4, 5]) end(n);
  await vi.waitFor(() => expect(begun).toContain(6));
  end(6);
  expect(await Promise.all(answers)).toEqual([1, 2, 3, 4, 5, 6]);
});

test('at most eight redemptions run at once, and one that waits for 10 seconds is refused with 503', async () => {
  const ends: (() => void)[] = [];
  const redemption = () => redeemInTurn(here, () => new Promise<void>((resolve) => void ends.push(resolve)));
  const running = Array.from({ length: 8 }, redemption);
  await vi.waitFor(() => expect(ends).toHaveLength(8));
  const late = expect(redemption()).rejects.toMatchObject({ code: 'unavailable', retryAfterSeconds: 2 });
  vi.advanceTimersByTime(10_000);
  await late;
  for (const end of ends) end();
  await Promise.all(running);
  expect(ends).toHaveLength(8);
});

test('a client waits for its own calls alone', async () => {
  const { begun, call, end } = calls();
  const busy = client();
  const answers = [1, 2, 3, 4].map((n) => call(busy, n));
  answers.push(call(client(), 5));
  await vi.waitFor(() => expect(begun).toEqual([1, 2, 3, 4, 5]));
  for (const n of begun) end(n);
  await Promise.all(answers);
});

test('a call that waits for 10 seconds is refused with 429 and when to come back, and does not run later', async () => {
  const { begun, call, end } = calls();
  const of = client();
  const running = [1, 2, 3, 4].map((n) => call(of, n));
  const late = expect(call(of, 5)).rejects.toMatchObject({ code: 'too_many_requests', retryAfterSeconds: 10 });
  vi.advanceTimersByTime(10_000);
  await late;
  for (const n of [1, 2, 3, 4]) end(n);
  expect(await Promise.all(running)).toEqual([1, 2, 3, 4]);
  expect(begun).toEqual([1, 2, 3, 4]);
});

test('a call whose client goes away while it waits does not run', async () => {
  const { begun, call, end } = calls();
  const of = client();
  const running = [1, 2, 3, 4].map((n) => call(of, n));
  const gone = new AbortController();
  const left = expect(call(of, 5, gone.signal)).rejects.toMatchObject({ code: 'bad_request' });
  gone.abort();
  await left;
  for (const n of [1, 2, 3, 4]) end(n);
  await Promise.all(running);
  expect(begun).toEqual([1, 2, 3, 4]);
});

test('a call that fails makes room for the next one', async () => {
  const of = client();
  const failures = Array.from({ length: 8 }, () => inTurn(of, here, () => Promise.reject(new Error('failed'))));
  for (const failure of failures) await expect(failure).rejects.toThrow('failed');
});

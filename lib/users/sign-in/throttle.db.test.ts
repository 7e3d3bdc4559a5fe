import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { db } from '#lib/testing/database';
import { type Attempt, countSignInAttempt, signInLimits, uncountSignInAttempt } from '#lib/users/sign-in/throttle';

const refused = { code: 'too_many_requests', status: 429 };

async function countTimes(attempt: Attempt, times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) await countSignInAttempt(attempt);
}

describe('the sign-in throttle', () => {
  test('the throttle allows few attempts on one account from one address', async () => {
    const attempt = { email: 'a@example.com', address: '192.0.2.1' };
    await countTimes(attempt, signInLimits.accountFromAddress);
    await expect(countSignInAttempt(attempt)).rejects.toMatchObject(refused);
  });

  test('the throttle allows attempts on an attacked account from another address', async () => {
    await countTimes({ email: 'b@example.com', address: '192.0.2.2' }, signInLimits.accountFromAddress);
    await expect(countSignInAttempt({ email: 'b@example.com', address: '192.0.2.3' })).resolves.toBeUndefined();
  });

  test('the throttle blocks an address that tries many accounts once each', async () => {
    for (let i = 0; i < signInLimits.address; i += 1) await countSignInAttempt({ email: `crowd-${i}@example.com`, address: '192.0.2.4' });
    await expect(countSignInAttempt({ email: 'crowd@example.com', address: '192.0.2.4' })).rejects.toMatchObject(refused);
  });

  test('the throttle blocks attempts on one account from many addresses', async () => {
    for (let i = 0; i < signInLimits.account; i += 1) await countSignInAttempt({ email: 'c@example.com', address: `198.51.100.${i}` });
    await expect(countSignInAttempt({ email: 'c@example.com', address: '203.0.113.1' })).rejects.toMatchObject(refused);
  });

  test('the throttle counts all addresses of an IPv6 /64 as one', async () => {
    for (let i = 0; i < signInLimits.accountFromAddress; i += 1)
      await countSignInAttempt({ email: 'six@example.com', address: `2001:db8:0:1::${i}` });
    await expect(countSignInAttempt({ email: 'six@example.com', address: '2001:db8:0:1:ffff::1' })).rejects.toMatchObject(refused);
    await expect(countSignInAttempt({ email: 'six@example.com', address: '2001:db8:0:2::1' })).resolves.toBeUndefined();
  });

  test('the throttle returns the seconds to wait, at most fifteen minutes', async () => {
    const attempt = { email: 'd@example.com', address: '192.0.2.5' };
    await countTimes(attempt, signInLimits.accountFromAddress);
    await expect(countSignInAttempt(attempt)).rejects.toSatisfy(
      ({ retryAfterSeconds }) => retryAfterSeconds > 0 && retryAfterSeconds <= 15 * 60,
    );
  });

  test('the throttle accepts a blocked address again after fifteen minutes', async () => {
    const attempt = { email: 'later@example.com', address: '192.0.2.12' };
    await countTimes(attempt, signInLimits.accountFromAddress);
    await expect(countSignInAttempt(attempt)).rejects.toMatchObject(refused);
    expect(await db.$executeRaw`update rate_limits set expires_at = now() - interval '1 second'`).toBeGreaterThan(0);
    await countTimes(attempt, signInLimits.accountFromAddress);
    await expect(countSignInAttempt(attempt)).rejects.toMatchObject(refused);
  });

  test('the throttle does not extend the wait for further attempts', async () => {
    const attempt = { email: 'patience@example.com', address: '192.0.2.7' };
    await countTimes(attempt, signInLimits.accountFromAddress);
    const counters = () => db.rateLimit.findMany({ orderBy: { key: 'asc' } });
    const before = await counters();
    for (let i = 0; i < 20; i += 1) await expect(countSignInAttempt(attempt)).rejects.toMatchObject(refused);
    expect(await counters()).toEqual(before);
  });

  test('the throttle does not count successful attempts', async () => {
    const attempt = { email: 'e@example.com', address: '192.0.2.6' };
    for (let i = 0; i < signInLimits.accountFromAddress * 2; i += 1) {
      await countSignInAttempt(attempt);
      await uncountSignInAttempt(attempt);
    }
  });

  test('the throttle writes no row for an attempt from a blocked address', async () => {
    for (let i = 0; i < signInLimits.address; i += 1) await countSignInAttempt({ email: `full-${i}@example.com`, address: '192.0.2.8' });
    const rows = await db.rateLimit.count();
    for (let i = 0; i < 100; i += 1)
      await expect(countSignInAttempt({ email: `more-${i}@example.com`, address: '192.0.2.8' })).rejects.toMatchObject(refused);
    expect(await db.rateLimit.count()).toBe(rows);
  });

  test('the throttle allows no more than the limit of 100 simultaneous attempts', async () => {
    const attempts = Array.from({ length: 100 }, (_, i) => countSignInAttempt({ email: `at-once-${i}@example.com`, address: '192.0.2.9' }));
    const outcomes = await Promise.allSettled(attempts);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(signInLimits.address);
  });

  test('the throttle keeps no timer and no memory after an attempt', async () => {
    const collectGarbage = exposedGarbageCollector();
    const attempts = async (from: string) => {
      for (let i = 0; i < 1_000; i += 1) await countSignInAttempt({ email: `${i}@example.com`, address: from }).catch(() => {});
    };
    await attempts('192.0.2.10');
    collectGarbage();
    const [resources, heap] = [process.getActiveResourcesInfo(), process.memoryUsage().heapUsed];
    await attempts('192.0.2.11');
    collectGarbage();
    expect(process.getActiveResourcesInfo()).toEqual(resources);
    expect(process.memoryUsage().heapUsed - heap).toBeLessThan(1_000_000);
  });
});

describe('a device that the account signed in on before', () => {
  const device = 'a-device';

  test('the throttle allows attempts on a known device after others have used up the attempts of the account', async () => {
    const email = 'f@example.com';
    for (let i = 0; i < signInLimits.account; i += 1) await countSignInAttempt({ email, address: `198.51.100.${i}` });
    await expect(countSignInAttempt({ email, address: '203.0.113.2' })).rejects.toMatchObject(refused);
    await expect(countSignInAttempt({ email, device })).resolves.toBeUndefined();
  });

  test('the throttle limits the attempts on a known device separately from those on another device', async () => {
    const email = 'g@example.com';
    await countTimes({ email, device }, signInLimits.device);
    await expect(countSignInAttempt({ email, device })).rejects.toMatchObject(refused);
    await expect(countSignInAttempt({ email, device: 'another device' })).resolves.toBeUndefined();
    await expect(countSignInAttempt({ email, address: '203.0.113.3' })).resolves.toBeUndefined();
  });

  test('the throttle limits the attempts on all known devices of an account together', async () => {
    const email = 'h@example.com';
    for (let i = 0; i < signInLimits.devices; i += 1) await countSignInAttempt({ email, device: `device ${i}` });
    await expect(countSignInAttempt({ email, device: 'one more' })).rejects.toMatchObject(refused);
  });
});

function exposedGarbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}

import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '#lib/errors';

const windowSeconds = 15 * 60;

/** What attempts are counted for, such as addresses, and how many each may make in fifteen minutes. */
export type AttemptLimit = RateLimiterPostgres;

/** One address, account or device with a limit of its own. */
export type AttemptCounter = { limit: AttemptLimit; key: string };

/**
 * A limit of `points` attempts in fifteen minutes. All processes share its counters. With `clearsExpired` it deletes, from time to
 * time, the expired rows of all limits: one limit of a throttle does that.
 */
export function attemptLimit(storeClient: Pool, keyPrefix: string, points: number, { clearsExpired = false } = {}): AttemptLimit {
  return new RateLimiterPostgres({
    storeClient,
    storeType: 'pool',
    tableName: 'rate_limits',
    tableCreated: true,
    keyPrefix,
    points,
    duration: windowSeconds,
    clearExpiredByTimeout: clearsExpired,
  });
}

/** The counter of `parts`. They are hashed, so that a key of any length fits its column and no personal data is stored. */
export function attemptCounter(limit: AttemptLimit, ...parts: string[]): AttemptCounter {
  return { limit, key: createHash('sha256').update(JSON.stringify(parts)).digest('base64url') };
}

/** Counts one attempt with each counter. Throws `too_many_requests` with the seconds to wait; such an attempt writes nothing. */
export async function takeAttempt(counters: readonly AttemptCounter[]): Promise<void> {
  for (const { limit, key } of counters) {
    const used = await limit.get(key);
    if (used?.remainingPoints === 0) throw tooManyAttempts(used);
  }
  for (const { limit, key } of counters) {
    await limit.consume(key).catch((refusal: unknown) => {
      throw refusal instanceof RateLimiterRes ? tooManyAttempts(refusal) : refusal;
    });
  }
}

/** Takes an attempt back after it succeeded. */
export async function giveBackAttempt(counters: readonly AttemptCounter[]): Promise<void> {
  await Promise.all(counters.map(({ limit, key }) => limit.reward(key)));
}

function tooManyAttempts({ msBeforeNext }: RateLimiterRes): DomainError {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  const minutes = Math.ceil(seconds / 60);
  return new DomainError(
    'too_many_requests',
    `Too many attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
  ).retryAfter(seconds);
}

import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { pool } from '#lib/db';
import { DomainError } from '#lib/errors';
import { networkOf } from '#lib/ip-address';

const windowSeconds = 15 * 60;

/**
 * Attempts in fifteen minutes. An attempt counts for its address, its account at this address and its account everywhere.
 * On a device that the account signed in on before it counts for the device and for all such devices of the account
 * instead, so that strangers cannot use up the owner's attempts.
 */
export const signInLimits = { address: 50, accountFromAddress: 10, account: 200, device: 10, devices: 100 } as const;

/** An attempt from an address, or from a device that has proved that the account signed in on it before. */
export type Attempt = { email: string; address: string } | { email: string; device: string };

export type SignInThrottle = {
  /** Counts one attempt, before any password is hashed. Throws `too_many_requests` with the seconds to wait; such an attempt writes nothing. */
  take(attempt: Attempt): Promise<void>;
  /** Takes the attempt back after a right password. */
  giveBack(attempt: Attempt): Promise<void>;
};

declare global {
  var promintSignInThrottle: SignInThrottle | undefined;
}

/** The throttle of this process; the counters are shared by all processes. Kept on `globalThis` because Next bundles modules more than once. */
export function signInThrottle(): SignInThrottle {
  globalThis.promintSignInThrottle ??= createThrottle(pool());
  return globalThis.promintSignInThrottle;
}

type Counter = { limiter: RateLimiterPostgres; key: string };

function createThrottle(storeClient: Pool): SignInThrottle {
  const limiter = (keyPrefix: string, points: number, clearExpiredByTimeout = false) =>
    new RateLimiterPostgres({
      storeClient,
      storeType: 'pool',
      tableName: 'rate_limits',
      tableCreated: true,
      keyPrefix,
      points,
      duration: windowSeconds,
      clearExpiredByTimeout,
    });
  // Each limiter would delete the expired rows of the whole table: one does.
  const address = limiter('sign-in-address', signInLimits.address, true);
  const accountFromAddress = limiter('sign-in-account-address', signInLimits.accountFromAddress);
  const account = limiter('sign-in-account', signInLimits.account);
  const device = limiter('sign-in-device', signInLimits.device);
  const devices = limiter('sign-in-devices', signInLimits.devices);

  /** The narrowest refusal costs the least: a blocked address or device is asked about first, and nothing else then. */
  function countersOf(attempt: Attempt): Counter[] {
    const { email } = attempt;
    if ('device' in attempt) return [counter(device, email, attempt.device), counter(devices, email)];
    const network = networkOf(attempt.address);
    return [counter(address, network), counter(accountFromAddress, email, network), counter(account, email)];
  }

  return {
    async take(attempt) {
      const counters = countersOf(attempt);
      for (const { limiter, key } of counters) {
        const used = await limiter.get(key);
        if (used?.remainingPoints === 0) throw tooManyAttempts(used);
      }
      for (const { limiter, key } of counters) {
        await limiter.consume(key).catch((refusal: unknown) => {
          throw refusal instanceof RateLimiterRes ? tooManyAttempts(refusal) : refusal;
        });
      }
    },
    async giveBack(attempt) {
      await Promise.all(countersOf(attempt).map(({ limiter, key }) => limiter.reward(key)));
    },
  };
}

/** Hashed, so that a key of any length fits its column and no e-mail address is kept. */
function counter(limiter: RateLimiterPostgres, ...parts: string[]): Counter {
  return { limiter, key: createHash('sha256').update(JSON.stringify(parts)).digest('base64url') };
}

function tooManyAttempts({ msBeforeNext }: RateLimiterRes): DomainError {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  const minutes = Math.ceil(seconds / 60);
  return new DomainError(
    'too_many_requests',
    `Too many attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
  ).retryAfter(seconds);
}

import type { Pool } from 'pg';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { DomainError } from '#lib/errors';

const windowSeconds = 15 * 60;

/** Attempts in fifteen minutes. The first is the one an honest owner may meet; the others stop a crowd. */
export const signInLimits = { accountFromAddress: 10, address: 50, account: 200 } as const;

export type SignInThrottle = {
  /** Takes one attempt, before any password is hashed. Throws `too_many_requests` with the seconds to wait. */
  take(email: string, address: string): Promise<void>;
  /** Gives the attempt back after a right password. */
  giveBack(email: string, address: string): Promise<void>;
};

/** Limits sign-in attempts over all web processes, in the table `rate_limits`. */
export function signInThrottle(pool: Pool): SignInThrottle {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterPostgres({
      storeClient: pool,
      storeType: 'pool',
      tableName: 'rate_limits',
      tableCreated: true,
      keyPrefix,
      points,
      duration: windowSeconds,
    });
  const limits = [
    {
      limiter: limiter('sign-in-account-address', signInLimits.accountFromAddress),
      key: (email: string, address: string) => `${email} ${address}`,
    },
    { limiter: limiter('sign-in-address', signInLimits.address), key: (_: string, address: string) => address },
    { limiter: limiter('sign-in-account', signInLimits.account), key: (email: string) => email },
  ];
  return {
    async take(email, address) {
      for (const { limiter, key } of limits) {
        await limiter.consume(shorten(key(email, address))).catch((refusal: unknown) => {
          if (!(refusal instanceof RateLimiterRes)) throw refusal;
          throw tooManyAttempts(Math.ceil(refusal.msBeforeNext / 1000));
        });
      }
    },
    async giveBack(email, address) {
      await Promise.all(limits.map(({ limiter, key }) => limiter.reward(shorten(key(email, address)))));
    },
  };
}

// The column holds 255 characters with the prefix; nobody's address is longer than that by honest means.
function shorten(key: string): string {
  return key.slice(0, 200);
}

function tooManyAttempts(retryAfterSeconds: number): DomainError {
  const minutes = Math.ceil(retryAfterSeconds / 60);
  return new DomainError(
    'too_many_requests',
    `Too many attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
  ).retryAfter(retryAfterSeconds);
}

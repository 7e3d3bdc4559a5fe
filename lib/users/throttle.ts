import type { Pool } from 'pg';
import { type AttemptCounter, attemptCounter, attemptLimit, giveBackAttempt, takeAttempt } from '#lib/attempts';
import { pool } from '#lib/db';
import { networkOf } from '#lib/ip-address';

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

function createThrottle(store: Pool): SignInThrottle {
  const address = attemptLimit(store, 'sign-in-address', signInLimits.address, { clearsExpired: true });
  const accountFromAddress = attemptLimit(store, 'sign-in-account-address', signInLimits.accountFromAddress);
  const account = attemptLimit(store, 'sign-in-account', signInLimits.account);
  const device = attemptLimit(store, 'sign-in-device', signInLimits.device);
  const devices = attemptLimit(store, 'sign-in-devices', signInLimits.devices);

  /** The narrowest refusal costs the least: a blocked address or device is asked about first, and nothing else then. */
  function countersOf(attempt: Attempt): AttemptCounter[] {
    const { email } = attempt;
    if ('device' in attempt) return [attemptCounter(device, email, attempt.device), attemptCounter(devices, email)];
    const network = networkOf(attempt.address);
    return [attemptCounter(address, network), attemptCounter(accountFromAddress, email, network), attemptCounter(account, email)];
  }

  return {
    take: (attempt) => takeAttempt(countersOf(attempt)),
    giveBack: (attempt) => giveBackAttempt(countersOf(attempt)),
  };
}

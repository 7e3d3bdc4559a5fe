import { type AttemptCounter, attemptCounter, countAttempt, uncountAttempt } from '#lib/attempts.sql';
import { networkOf } from '#lib/input/ip-address';

/**
 * The limits of attempts in fifteen minutes. An attempt counts for its address, for its account at this address and for its account
 * everywhere. On a device on which the account has signed in before, it counts for the device and for all such devices of the account
 * instead, so that other people cannot use up the owner's attempts.
 */
export const signInLimits = { address: 50, accountFromAddress: 10, account: 200, device: 10, devices: 100 } as const;

/** An attempt from an address, or from a device on which the account has signed in before. */
export type Attempt = { email: string; address: string } | { email: string; device: string };

const address = { name: 'sign-in-address', attempts: signInLimits.address };
const accountFromAddress = { name: 'sign-in-account-address', attempts: signInLimits.accountFromAddress };
const account = { name: 'sign-in-account', attempts: signInLimits.account };
const device = { name: 'sign-in-device', attempts: signInLimits.device };
const devices = { name: 'sign-in-devices', attempts: signInLimits.devices };

/** The narrowest counter comes first: for a blocked address or device, no other counter is read. */
function countersOf(attempt: Attempt): AttemptCounter[] {
  const { email } = attempt;
  if ('device' in attempt) return [attemptCounter(device, email, attempt.device), attemptCounter(devices, email)];
  const network = networkOf(attempt.address);
  return [attemptCounter(address, network), attemptCounter(accountFromAddress, email, network), attemptCounter(account, email)];
}

/** Counts one attempt. Call it before a password is hashed. Throws `too_many_requests` with the seconds to wait; such an attempt writes nothing. */
export function countSignInAttempt(attempt: Attempt): Promise<void> {
  return countAttempt(countersOf(attempt));
}

/** Subtracts the attempt after a correct password. */
export function uncountSignInAttempt(attempt: Attempt): Promise<void> {
  return uncountAttempt(countersOf(attempt));
}

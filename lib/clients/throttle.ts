import { attemptCounter, countAttempt, uncountAttempt } from '#lib/attempts.sql';
import { networkOf } from '#lib/input/ip-address';

/** The number of failed token requests that one address may send in fifteen minutes. */
export const failedTokenRequests = 100;

const failedFromAddress = { name: 'token-address', attempts: failedTokenRequests };

const countersOf = (address: string) => [attemptCounter(failedFromAddress, networkOf(address))];

/**
 * Counts a token request as a failed one of its address, before reading it. Throws `too_many_requests` with the seconds to wait;
 * such a request writes nothing.
 */
export function takeTokenRequest(address: string): Promise<void> {
  return countAttempt(countersOf(address));
}

/** Uncounts a token request with valid credentials. */
export function giveBackTokenRequest(address: string): Promise<void> {
  return uncountAttempt(countersOf(address));
}

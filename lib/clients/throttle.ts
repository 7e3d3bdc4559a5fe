import { attemptCounter, countAttempt, uncountAttempt } from '#lib/attempts.sql';
import { networkOf } from '#lib/input/ip-address';

/** The number of failed token requests that one address may send in fifteen minutes. */
export const failedTokenRequests = 100;

const failedFromAddress = { name: 'token-address', attempts: failedTokenRequests };

const countersOf = (address: string) => [attemptCounter(failedFromAddress, networkOf(address))];

/**
 * Counts a token request as a failed request of its address. Call it before reading the request. Throws `too_many_requests` with the
 * seconds to wait; such a request writes nothing.
 */
export function countTokenRequest(address: string): Promise<void> {
  return countAttempt(countersOf(address));
}

/** Subtracts a token request with valid credentials. */
export function uncountTokenRequest(address: string): Promise<void> {
  return uncountAttempt(countersOf(address));
}

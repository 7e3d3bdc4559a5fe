import { attemptCounter, giveBackAttempt, takeAttempt } from '#lib/attempts.sql';
import { networkOf } from '#lib/input/ip-address';

/** So many requests for a token that fail may come from one address in fifteen minutes. */
export const failedTokenRequests = 100;

const failedFromAddress = { name: 'token-address', attempts: failedTokenRequests };

const countersOf = (address: string) => [attemptCounter(failedFromAddress, networkOf(address))];

/**
 * Counts a request for a token as a failed one of its address, before anything of it is read. Throws `too_many_requests` with the
 * seconds to wait; such a request writes nothing.
 */
export function takeTokenRequest(address: string): Promise<void> {
  return takeAttempt(countersOf(address));
}

/** Takes the request back when its credentials were right. */
export function giveBackTokenRequest(address: string): Promise<void> {
  return giveBackAttempt(countersOf(address));
}

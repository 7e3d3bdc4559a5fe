import { type AttemptCounter, attemptCounter, countAttempt } from '#lib/attempts.sql';
import { DomainError } from '#lib/errors';
import { networkOf } from '#lib/input/ip-address';
import type { Actor } from '#lib/users/permissions';

/** So many unknown codes may come from one shopper, and through one client, in so many minutes. */
export const missLimits = { ofShopper: 20, ofClient: 1000, minutes: 10 } as const;

const seconds = missLimits.minutes * 60;
const ofShopper = { name: 'code-miss-shopper', attempts: missLimits.ofShopper, seconds };
const ofClient = { name: 'code-miss-client', attempts: missLimits.ofClient, seconds };

/** The sender of a code: the client, and the address of its shopper if the client passes it on. */
export type Sender = { actor: Actor; shopperIp?: string | undefined };

/** Returns the counters of unknown codes. While one has reached its limit, no code is looked up, neither a wrong guess nor a right one. */
export function missCounters({ actor, shopperIp }: Sender): AttemptCounter[] {
  const client = attemptCounter(ofClient, actor.id);
  return shopperIp === undefined ? [client] : [attemptCounter(ofShopper, networkOf(shopperIp)), client];
}

/**
 * Counts an unknown code that `work` meets, outside of its transaction, which a refusal undoes. `isMiss` tells an unknown code by the
 * answer; a refusal has the reason `not_found`. Throws `too_many_requests` for one code too many.
 */
export async function countMisses<T>(sender: Sender, work: () => Promise<T>, isMiss: (answer: T) => boolean = () => false): Promise<T> {
  const answer = await work().catch(async (error: unknown) => {
    if (error instanceof DomainError && error.problems.some(({ reason }) => reason === 'not_found'))
      await countAttempt(missCounters(sender));
    throw error;
  });
  if (isMiss(answer)) await countAttempt(missCounters(sender));
  return answer;
}

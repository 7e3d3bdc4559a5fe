import { attemptCounter, countAttempt, requireAttemptsLeft } from '#lib/attempts.sql';
import type { Database } from '#lib/db';
import { DomainError } from '#lib/errors';
import { networkOf } from '#lib/input/ip-address';
import type { Actor } from '#lib/users/permissions';

/** So many unknown codes may come from one shopper, and through one client, in so many minutes. */
export const missLimits = { ofShopper: 20, ofClient: 1000, minutes: 10 } as const;

const seconds = missLimits.minutes * 60;
const ofShopper = { name: 'code-miss-shopper', attempts: missLimits.ofShopper, seconds };
const ofClient = { name: 'code-miss-client', attempts: missLimits.ofClient, seconds };

/** Whoever sends a code: the client, and the address of its shopper where the client passes it on. */
export type Sender = { actor: Actor; shopperIp?: string | undefined };

/**
 * Does `work` unless the sender has tried too many unknown codes: a guess is not answered then, right or wrong. `isMiss` tells an unknown
 * code by the answer; the reason `not_found` of a refusal tells it as well. Misses are counted outside of a transaction, which a refusal
 * undoes. Throws `too_many_requests`.
 */
export async function limitMisses<T>(
  db: Database,
  sender: Sender,
  work: () => Promise<T>,
  isMiss: (answer: T) => boolean = () => false,
): Promise<T> {
  const counters = countersOf(sender);
  await requireAttemptsLeft(db, counters);
  const answer = await work().catch(async (error: unknown) => {
    if (error instanceof DomainError && error.problems.some(({ reason }) => reason === 'not_found')) await countAttempt(counters);
    throw error;
  });
  if (isMiss(answer)) await countAttempt(counters);
  return answer;
}

function countersOf({ actor, shopperIp }: Sender) {
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
      await takeAttempt(missCounters(sender));
    throw error;
  });
  if (isMiss(answer)) await takeAttempt(missCounters(sender));
  return answer;
}

import { attemptCounter, refuseUsedUp, takeAttempt } from '#lib/attempts.sql';
import type { Db } from '#lib/db';
import { networkOf } from '#lib/input/ip-address';
import type { Actor } from '#lib/users/permissions';

/** So many unknown codes may come from one shopper, and through one client, in so many minutes. */
export const missLimits = { ofShopper: 20, ofClient: 1000, minutes: 10 } as const;

const seconds = missLimits.minutes * 60;
const ofShopper = { name: 'code-miss-shopper', attempts: missLimits.ofShopper, seconds };
const ofClient = { name: 'code-miss-client', attempts: missLimits.ofClient, seconds };

/** Whoever sends a code: the client, and the address of its shopper where the client passes it on. */
export type Sender = { actor: Actor; shopperIp?: string | undefined };

/** Refuses a sender that has tried too many unknown codes: a guess is not answered then, right or wrong. Throws `too_many_requests`. */
export function refuseGuessing(db: Db, sender: Sender): Promise<void> {
  return refuseUsedUp(db, countersOf(sender));
}

/** Counts one unknown code, on a connection of its own: the count stays when a transaction is undone. Throws `too_many_requests` when it is one too many. */
export function countMiss(sender: Sender): Promise<void> {
  return takeAttempt(countersOf(sender));
}

function countersOf({ actor, shopperIp }: Sender) {
  const client = attemptCounter(ofClient, actor.id);
  return shopperIp === undefined ? [client] : [attemptCounter(ofShopper, networkOf(shopperIp)), client];
}

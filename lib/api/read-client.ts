import { setImmediate } from 'node:timers/promises';
import { findClient, type Proof } from '#lib/clients/authenticate';
import { db } from '#lib/db';
import type { Actor } from '#lib/users/permissions';

/** The reads that have not begun yet, by the secret of their client. */
const reads = new Map<string, Promise<Actor | null>>();

/**
 * Returns the client of a proof, or null as {@link findClient} does. The calls of a client that arrive in one turn of the event
 * loop share a statement. It begins after they arrived, so a client that was revoked before a call is refused.
 */
export function readClient(proof: Proof): Promise<Actor | null> {
  const { secretId } = proof;
  const read = reads.get(secretId) ?? begin(proof);
  reads.set(secretId, read);
  return read;
}

async function begin(proof: Proof): Promise<Actor | null> {
  await setImmediate();
  reads.delete(proof.secretId);
  return findClient(db(), proof);
}

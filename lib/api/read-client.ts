import { setImmediate } from 'node:timers/promises';
import { findClient, type Proof } from '#lib/clients/authenticate';
import { db } from '#lib/db';
import type { Actor } from '#lib/users/permissions';

/** The reads that have not started yet, by the id of the secret. */
const reads = new Map<string, Promise<Actor | null>>();

/**
 * Returns the client of a proof, or null, like {@link findClient}. Calls of a client that arrive in the same iteration of the event
 * loop share one statement. It starts after they have arrived, so a client that was revoked before a call is rejected.
 */
export function readClient(proof: Proof): Promise<Actor | null> {
  const { secretId } = proof;
  const read = reads.get(secretId) ?? startRead(proof);
  reads.set(secretId, read);
  return read;
}

async function startRead(proof: Proof): Promise<Actor | null> {
  await setImmediate();
  reads.delete(proof.secretId);
  return findClient(db(), proof);
}

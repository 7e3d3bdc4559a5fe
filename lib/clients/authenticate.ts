import { z } from 'zod';
import { type Proof, readLiveClient, recordUse } from '#lib/clients/authenticate.sql';
import { findSecret } from '#lib/clients/secret';
import type { Db } from '#lib/db';
import type { Actor, ActorRole } from '#lib/users/permissions';
import type { ClientRole } from '#prisma/enums';

export type { Proof } from '#lib/clients/authenticate.sql';

const uuid = z.uuid();

/** Verifies the credentials of a client. Returns null, without a reason, for an unknown, revoked or expired client and a wrong secret. */
export async function authenticateClient(db: Db, clientId: string, secret: string): Promise<Proof | null> {
  if (!uuid.safeParse(clientId).success) return null;
  const secrets = await db.clientSecret.findMany({ where: { clientId }, select: { id: true, sha256: true } });
  const matching = findSecret(secrets, secret);
  const proof = matching && { clientId, secretId: matching.id };
  return proof && (await findClient(db, proof)) ? proof : null;
}

const roles = { read: 'viewer', redeem: 'redeemer', write: 'merchandiser' } as const satisfies Record<ClientRole, ActorRole>;

/**
 * The client of a proof; null when the client is revoked or expired or the secret was removed. Reads the database at each call,
 * and records the last use of client and secret at most once a minute.
 */
export async function findClient(db: Db, proof: Proof): Promise<Actor | null> {
  const client = await readLiveClient(db, proof);
  if (!client) return null;
  if (client.stale) await recordUse(db, proof);
  return { id: proof.clientId, name: client.name, role: roles[client.role] };
}

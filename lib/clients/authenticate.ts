import { z } from 'zod';
import { findSecret } from '#lib/clients/secret';
import type { Db } from '#lib/db';
import type { Actor, ActorRole } from '#lib/users/permissions';
import type { ClientRole } from '#prisma/enums';

/** The client and the secret that it proved itself with: what a token stands for. */
export type Proof = { clientId: string; secretId: string };

const uuid = z.uuid();

/** Whose credentials these are, or null: an unknown client, a wrong secret, one revoked and one expired look alike. */
export async function authenticateClient(db: Db, clientId: string, secret: string): Promise<Proof | null> {
  if (!uuid.safeParse(clientId).success) return null;
  const kept = await db.clientSecret.findMany({ where: { clientId }, select: { id: true, sha256: true } });
  const found = findSecret(kept, secret);
  const proof = found && { clientId, secretId: found.id };
  return proof && (await findClient(db, proof)) ? proof : null;
}

const roles = { read: 'viewer', redeem: 'redeemer', write: 'merchandiser' } as const satisfies Record<ClientRole, ActorRole>;

/**
 * The client of a proof, or null when the client is revoked or expired or the secret is gone. The database is asked at each
 * call. Records, to the minute, when client and secret were last used.
 */
export async function findClient(db: Db, { clientId, secretId }: Proof): Promise<Actor | null> {
  const [client] = await db.$queryRaw<{ name: string; role: ClientRole; stale: boolean }[]>`
    select c.name, c.role, s.last_used_at is null or s.last_used_at < now() - interval '1 minute' as stale
    from clients c join client_secrets s on s.client_id = c.id
    where c.id = ${clientId}::uuid and s.id = ${secretId}::uuid
      and c.revoked_at is null and (c.expires_at is null or c.expires_at > now())`;
  if (!client) return null;
  if (client.stale) {
    await db.$executeRaw`
      with used as (update client_secrets set last_used_at = now() where id = ${secretId}::uuid)
      update clients set last_used_at = now() where id = ${clientId}::uuid`;
  }
  return { id: clientId, name: client.name, role: roles[client.role] };
}

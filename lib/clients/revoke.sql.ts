import type { Db } from '#lib/db';

/** Revokes a client by the database's clock. Returns false when there is no such client, or it is already revoked. */
export async function markRevoked(db: Db, clientId: string): Promise<boolean> {
  const revoked = await db.$executeRaw`update clients set revoked_at = now() where id = ${clientId}::uuid and revoked_at is null`;
  return revoked > 0;
}

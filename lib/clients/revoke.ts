import type { ClientReference } from '#lib/clients/schema';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { Actor } from '#lib/users/permissions';

/** Ends a client for good: its secrets and the tokens it has stop working at once. Throws `not_found`, `unprocessable`. */
export async function revokeClient(db: Db, _actor: Actor, { client_id }: ClientReference): Promise<void> {
  const revoked = await db.$executeRaw`update clients set revoked_at = now() where id = ${client_id}::uuid and revoked_at is null`;
  if (revoked > 0) return;
  const exists = await db.client.count({ where: { id: client_id } });
  if (!exists) throw new DomainError('not_found', 'client not found');
  throw new DomainError('unprocessable', 'This client is revoked already');
}

import { markRevoked } from '#lib/clients/revoke.sql';
import type { ClientReference } from '#lib/clients/schema';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { Actor } from '#lib/users/permissions';

/** Revokes a client permanently. Its secrets and tokens stop working at once. Throws `not_found`, and `unprocessable` for a revoked client. */
export async function revokeClient(db: Db, _actor: Actor, { client_id }: ClientReference): Promise<void> {
  if (await markRevoked(db, client_id)) return;
  const exists = await db.client.count({ where: { id: client_id } });
  if (!exists) throw new DomainError('not_found', 'client not found');
  throw new DomainError('unprocessable', 'This client is already revoked');
}

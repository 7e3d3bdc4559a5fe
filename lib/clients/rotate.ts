import type { Credentials } from '#lib/clients/create';
import type { ClientReference, SecretReference } from '#lib/clients/schema';
import { generateSecret, secretSha256 } from '#lib/clients/secret';
import { insertSecret, lockClient } from '#lib/clients/secrets.sql';
import { transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { Actor } from '#lib/users/permissions';

/**
 * Adds a second secret to a client, so that the client can switch to it while the first still works. Throws `not_found`, and
 * `unprocessable` when the client already has two secrets or is revoked.
 */
export async function addSecret(db: Db, actor: Actor, { client_id }: ClientReference): Promise<Credentials> {
  const secret = generateSecret();
  const added = await insertSecret(db, { client_id, sha256: secretSha256(secret), createdBy: actor.name });
  if (added) return { client_id, client_secret: secret };
  const client = await db.client.findUnique({ where: { id: client_id }, select: { revokedAt: true } });
  if (!client) throw new DomainError('not_found', 'client not found');
  if (client.revokedAt) throw new DomainError('unprocessable', 'This client is revoked: create a new one');
  throw new DomainError('unprocessable', 'This client already has two secrets: remove the old one first');
}

/**
 * Removes one of two secrets. Tokens that were issued for it stop working at once. Throws `not_found`, and `unprocessable` for the
 * only secret: revoke the client instead.
 */
export async function removeSecret(db: Db, _actor: Actor, { client_id, secret_id }: SecretReference): Promise<void> {
  await transaction(db, async (tx) => {
    // Without the lock, two simultaneous calls could remove both secrets.
    await lockClient(tx, client_id);
    const secrets = await tx.clientSecret.findMany({ where: { clientId: client_id }, select: { id: true } });
    if (!secrets.some(({ id }) => id === secret_id)) throw new DomainError('not_found', 'secret not found');
    if (secrets.length === 1)
      throw new DomainError('unprocessable', 'This is the only secret of the client: revoke the client, or add a second secret first');
    await tx.clientSecret.delete({ where: { id: secret_id } });
  });
}

import type { Credentials } from '#lib/clients/create';
import { type ClientReference, clientLimits, type SecretReference } from '#lib/clients/schema';
import { generateSecret, secretSha256 } from '#lib/clients/secret';
import { transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { Actor } from '#lib/users/permissions';

/**
 * Gives a client a second secret, so that it can move to it while the first still works. Throws `not_found`, and
 * `unprocessable` when there are two already or the client is revoked.
 */
export async function addSecret(db: Db, actor: Actor, { client_id }: ClientReference): Promise<Credentials> {
  const secret = generateSecret();
  // The two slots are unique for each client: of two who add a second one at once, one does.
  const added = await db.$executeRaw`
    insert into client_secrets (client_id, slot, sha256, created_by)
    select c.id, s.slot, ${secretSha256(secret)}, ${actor.name}
    from clients c cross join generate_series(1, ${clientLimits.secrets}) as s (slot)
    where c.id = ${client_id}::uuid and c.revoked_at is null
      and not exists (select from client_secrets where client_id = c.id and slot = s.slot)
    order by s.slot limit 1
    on conflict do nothing`;
  if (added === 1) return { client_id, client_secret: secret };
  const client = await db.client.findUnique({ where: { id: client_id }, select: { revokedAt: true } });
  if (!client) throw new DomainError('not_found', 'client not found');
  if (client.revokedAt) throw new DomainError('unprocessable', 'This client is revoked: make a new one');
  throw new DomainError('unprocessable', 'This client has two secrets already: remove the old one first');
}

/**
 * Removes one of two secrets; the tokens that were got with it stop working at once. Throws `not_found`, and
 * `unprocessable` for the last secret: a client without any is one to revoke.
 */
export async function removeSecret(db: Db, _actor: Actor, { client_id, secret_id }: SecretReference): Promise<void> {
  await transaction(db, async (tx) => {
    // Two who remove one each at once must not leave none.
    await tx.$queryRaw`select from clients where id = ${client_id}::uuid for update`;
    const secrets = await tx.clientSecret.findMany({ where: { clientId: client_id }, select: { id: true } });
    if (!secrets.some(({ id }) => id === secret_id)) throw new DomainError('not_found', 'secret not found');
    if (secrets.length === 1)
      throw new DomainError('unprocessable', 'This is the only secret of the client: revoke the client, or add a second secret first');
    await tx.clientSecret.delete({ where: { id: secret_id } });
  });
}

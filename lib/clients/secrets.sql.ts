import { clientLimits } from '#lib/clients/schema';
import type { Db } from '#lib/db';

type NewSecret = { client_id: string; sha256: Uint8Array<ArrayBuffer>; createdBy: string };

/**
 * Adds a secret in a free slot of a client that is not revoked. Slots are unique for each client, so only one of two simultaneous
 * calls gets the last slot. Returns false when no secret was added.
 */
export async function insertSecret(db: Db, { client_id, sha256, createdBy }: NewSecret): Promise<boolean> {
  const added = await db.$executeRaw`
    insert into client_secrets (client_id, slot, sha256, created_by)
    select c.id, s.slot, ${sha256}, ${createdBy}
    from clients c cross join generate_series(1, ${clientLimits.secrets}) as s (slot)
    where c.id = ${client_id}::uuid and c.revoked_at is null
      and not exists (select from client_secrets where client_id = c.id and slot = s.slot)
    order by s.slot limit 1
    on conflict do nothing`;
  return added === 1;
}

/** Locks a client until `tx` ends. */
export async function lockClient(tx: Db, clientId: string): Promise<void> {
  await tx.$executeRaw`select from clients where id = ${clientId}::uuid for update`;
}

import { z } from 'zod';
import { readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { Prisma } from '#prisma/client';
import { ClientRole } from '#prisma/enums';

/** A client and the secret that authenticated it. A token carries both. */
export type Proof = { clientId: string; secretId: string };

const liveClient = z.object({ name: z.string(), role: z.enum(ClientRole), stale: z.boolean() });

/**
 * The client of a proof; undefined when it is revoked or expired or does not have the secret. `stale` is true when its last recorded
 * use is more than a minute ago.
 */
export async function readLiveClient(db: Db, { clientId, secretId }: Proof): Promise<z.output<typeof liveClient> | undefined> {
  const [client] = await readRows(
    db,
    liveClient,
    Prisma.sql`
    select c.name, c.role, s.last_used_at is null or s.last_used_at < now() - interval '1 minute' as stale
    from clients c join client_secrets s on s.client_id = c.id
    where c.id = ${clientId}::uuid and s.id = ${secretId}::uuid
      and c.revoked_at is null and (c.expires_at is null or c.expires_at > now())`,
  );
  return client;
}

/** Records a use of the client and of the secret. */
export async function recordUse(db: Db, { clientId, secretId }: Proof): Promise<void> {
  await db.$executeRaw`
    with used as (update client_secrets set last_used_at = now() where id = ${secretId}::uuid)
    update clients set last_used_at = now() where id = ${clientId}::uuid`;
}

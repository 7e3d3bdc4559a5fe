import { databaseNow } from '#lib/database/clock.sql';
import type { Db } from '#lib/db';
import type { ClientRole } from '#prisma/enums';

export type ClientState = 'active' | 'expired' | 'revoked';

/** An API client for the screen and the command. */
export type ClientView = {
  id: string;
  name: string;
  role: ClientRole;
  state: ClientState;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  createdBy: string;
  createdAt: Date;
  /** The oldest first. The secrets themselves are not stored. */
  secrets: { id: string; createdAt: Date; lastUsedAt: Date | null }[];
};

/** All API clients: those that are not revoked first, in each group the newest first. */
export async function listClients(db: Db): Promise<ClientView[]> {
  const now = await databaseNow(db);
  const clients = await db.client.findMany({
    orderBy: [{ revokedAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }, { id: 'asc' }],
    select: {
      id: true,
      name: true,
      role: true,
      expiresAt: true,
      revokedAt: true,
      lastUsedAt: true,
      createdBy: true,
      createdAt: true,
      secrets: { orderBy: { createdAt: 'asc' }, select: { id: true, createdAt: true, lastUsedAt: true } },
    },
  });
  return clients.map((client) => ({ ...client, state: clientState(client, now) }));
}

function clientState({ revokedAt, expiresAt }: { revokedAt: Date | null; expiresAt: Date | null }, now: Date): ClientState {
  if (revokedAt) return 'revoked';
  return expiresAt && expiresAt <= now ? 'expired' : 'active';
}

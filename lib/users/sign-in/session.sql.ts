import { z } from 'zod';
import { readRow, readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import type { Actor } from '#lib/users/permissions';
import type { OwnSession } from '#lib/users/query';
import { Prisma } from '#prisma/client';
import { Role } from '#prisma/enums';

/** The maximum duration of a session, and its maximum time without activity. */
export const sessionDays = 14;
export const sessionIdleHours = 12;

/** Deletes sessions that have expired or were idle for longer than {@link sessionIdleHours}. */
export async function deleteEndedSessions(db: Db): Promise<void> {
  await db.$executeRaw`
    delete from sessions where expires_at < now() or last_seen_at < now() - make_interval(hours => ${sessionIdleHours})`;
}

type NewSession = { userId: string; userAgent: string | null; address: string | null };

/** Inserts a session and returns its id. */
export async function insertSession(db: Db, { userId, userAgent, address }: NewSession): Promise<string> {
  const { id } = await readRow(
    db,
    z.object({ id: z.string() }),
    Prisma.sql`
    insert into sessions (user_id, user_agent, address, created_at, expires_at)
    values (${userId}::uuid, ${userAgent}, ${address}, now(), now() + make_interval(days => ${sessionDays}))
    returning id`,
  );
  return id;
}

const sessionUser = z.object({
  id: z.string(),
  email: z.string(),
  role: z.enum(Role),
  mustChangePassword: z.boolean(),
  canDownloadExports: z.boolean(),
  stale: z.boolean(),
});

/** The enabled user of a session that has not ended. */
export async function readSessionUser(db: Db, sessionId: string): Promise<z.output<typeof sessionUser> | undefined> {
  const [user] = await readRows(
    db,
    sessionUser,
    Prisma.sql`
    select u.id, u.email, u.role, u.must_change_password as "mustChangePassword", u.can_download_exports as "canDownloadExports",
      s.last_seen_at < now() - interval '1 minute' as stale
    from sessions s join users u on u.id = s.user_id
    where s.id = ${sessionId}::uuid and s.expires_at > now() and u.disabled_at is null
      and s.last_seen_at > now() - make_interval(hours => ${sessionIdleHours})`,
  );
  return user;
}

export async function touchSession(db: Db, sessionId: string): Promise<void> {
  await db.$executeRaw`update sessions set last_seen_at = now() where id = ${sessionId}::uuid`;
}

const ownSession = z.object({
  id: z.string(),
  userAgent: z.string().nullable(),
  address: z.string().nullable(),
  createdAt: z.date(),
  lastSeenAt: z.date(),
});

/** The actor's sessions that have not ended, the most recently used first. */
export function listOwnSessions(db: Db, actor: Actor): Promise<OwnSession[]> {
  return readRows(
    db,
    ownSession,
    Prisma.sql`
    select id, user_agent as "userAgent", address, created_at as "createdAt", last_seen_at as "lastSeenAt"
    from sessions
    where user_id = ${actor.id}::uuid and expires_at > now() and last_seen_at > now() - make_interval(hours => ${sessionIdleHours})
    order by last_seen_at desc, id`,
  );
}

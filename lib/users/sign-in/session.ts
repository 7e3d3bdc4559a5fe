import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { Actor, Person } from '#lib/users/permissions';
import type { OwnSession } from '#lib/users/query';
import type { EndOwnSessionInput } from '#lib/users/schema';
import type { Role } from '#prisma/enums';

/** How long a person stays signed in at most, and how long without a click. */
export const sessionDays = 14;
export const sessionIdleHours = 12;

/** A person who is signed in, and by which session. */
export type SessionUser = Person & {
  sessionId: string;
  /** The person can do nothing but change the password: somebody else knows the one they have. */
  mustChangePassword: boolean;
  canDownloadExports: boolean;
  /** Whether the last click is more than a minute ago, so that this one is worth a write. */
  stale: boolean;
};

/** Where somebody signs in, and the session that their browser had before: it ends. */
export type SignInContext = { userAgent?: string | null; address?: string | null; previousSessionId?: string };

const longestUserAgent = 512;

/** Opens a session for a person who proved who they are, and returns its id for their cookie. */
export async function openSession(db: Db, userId: string, context: SignInContext = {}): Promise<string> {
  await db.$executeRaw`
    delete from sessions where expires_at < now() or last_seen_at < now() - make_interval(hours => ${sessionIdleHours})`;
  if (context.previousSessionId) await closeSession(db, context.previousSessionId);
  const userAgent = context.userAgent?.slice(0, longestUserAgent) || null;
  const [session] = await db.$queryRaw<{ id: string }[]>`
    insert into sessions (user_id, user_agent, address, created_at, expires_at)
    values (${userId}::uuid, ${userAgent}, ${context.address ?? null}, now(), now() + make_interval(days => ${sessionDays}))
    returning id`;
  if (!session) throw new Error('no session was inserted');
  return session.id;
}

/** Ends a session: its cookie is refused from now on. */
export async function closeSession(db: Db, sessionId: string): Promise<void> {
  await db.session.deleteMany({ where: { id: sessionId } });
}

/** The user of a session, or null when it ended, was idle for too long, or the user is switched off. Asked anew at each request. */
export async function findSessionUser(db: Db, sessionId: string): Promise<SessionUser | null> {
  const [user] = await db.$queryRaw<
    { id: string; email: string; role: Role; mustChangePassword: boolean; canDownloadExports: boolean; stale: boolean }[]
  >`
    select u.id, u.email, u.role, u.must_change_password as "mustChangePassword", u.can_download_exports as "canDownloadExports",
      s.last_seen_at < now() - interval '1 minute' as stale
    from sessions s join users u on u.id = s.user_id
    where s.id = ${sessionId}::uuid and s.expires_at > now() and u.disabled_at is null
      and s.last_seen_at > now() - make_interval(hours => ${sessionIdleHours})`;
  if (!user) return null;
  const { email: name, ...rest } = user;
  return { ...rest, name, sessionId };
}

/** Notes that the person did something, to the minute: not every click is worth a write. */
export async function noteActivity(db: Db, { sessionId, stale }: SessionUser): Promise<void> {
  if (stale) await db.$executeRaw`update sessions set last_seen_at = now() where id = ${sessionId}::uuid`;
}

/** The actor's sessions that have not ended, the last used first. */
export function listOwnSessions(db: Db, actor: Actor): Promise<OwnSession[]> {
  return db.$queryRaw`
    select id, user_agent as "userAgent", address, created_at as "createdAt", last_seen_at as "lastSeenAt"
    from sessions
    where user_id = ${actor.id}::uuid and expires_at > now() and last_seen_at > now() - make_interval(hours => ${sessionIdleHours})
    order by last_seen_at desc, id`;
}

/** Ends one of the actor's own sessions at once. Throws `not_found` for another person's and for one that has ended. */
export async function endOwnSession(db: Db, actor: Actor, { session_id }: EndOwnSessionInput): Promise<void> {
  const { count } = await db.session.deleteMany({ where: { id: session_id, userId: actor.id } });
  if (count === 0) throw new DomainError('not_found', 'This session has already ended.');
}

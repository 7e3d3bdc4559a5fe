import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { Actor, Person } from '#lib/users/permissions';
import type { EndOwnSessionInput } from '#lib/users/schema';
import { deleteEndedSessions, insertSession, readSessionUser, touchSession } from '#lib/users/sign-in/session.sql';

/** A signed-in user and the session. */
export type SessionUser = Person & {
  sessionId: string;
  /** True when another person set the current password. The user can then only change it. */
  mustChangePassword: boolean;
  canDownloadExports: boolean;
  /** True when the last recorded activity is more than a minute ago, so that {@link recordActivity} records this request. */
  stale: boolean;
};

/** The device of a sign-in, and the previous session of its browser, which {@link openSession} ends. */
export type SignInContext = { userAgent?: string | null; address?: string | null; previousSessionId?: string };

const maxUserAgentLength = 512;

/** Opens a session for an authenticated user, and returns its id for the cookie. */
export async function openSession(db: Db, userId: string, context: SignInContext = {}): Promise<string> {
  await deleteEndedSessions(db);
  if (context.previousSessionId) await closeSession(db, context.previousSessionId);
  const userAgent = context.userAgent?.slice(0, maxUserAgentLength) || null;
  return insertSession(db, { userId, userAgent, address: context.address ?? null });
}

/** Ends a session. Its cookie is rejected from then on. */
export async function closeSession(db: Db, sessionId: string): Promise<void> {
  await db.session.deleteMany({ where: { id: sessionId } });
}

/** The user of a session; null when the session has ended or was idle for too long, or the user is disabled. Call it at each request. */
export async function findSessionUser(db: Db, sessionId: string): Promise<SessionUser | null> {
  const user = await readSessionUser(db, sessionId);
  if (!user) return null;
  const { email: name, ...rest } = user;
  return { ...rest, name, sessionId };
}

/** Records that the user is active, at most once a minute. */
export async function recordActivity(db: Db, { sessionId, stale }: SessionUser): Promise<void> {
  if (stale) await touchSession(db, sessionId);
}

/** Ends one of the actor's own sessions. Throws `not_found` for a session of another user and for one that has ended. */
export async function endOwnSession(db: Db, actor: Actor, { session_id }: EndOwnSessionInput): Promise<void> {
  const { count } = await db.session.deleteMany({ where: { id: session_id, userId: actor.id } });
  if (count === 0) throw new DomainError('not_found', 'This session has already ended.');
}

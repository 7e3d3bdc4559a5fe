import type { Db } from '#lib/db';
import type { Actor } from '#lib/users/permissions';

/** How long somebody stays signed in. */
export const sessionDays = 14;

/** Opens a session for somebody who proved who they are, and returns its id for their cookie. */
export async function openSession(db: Db, userId: string): Promise<string> {
  await db.session.deleteMany({ where: { expiresAt: { lt: new Date() } } });
  const expiresAt = new Date(Date.now() + sessionDays * 86_400_000);
  const { id } = await db.session.create({ data: { userId, expiresAt }, select: { id: true } });
  return id;
}

/** Ends a session; whoever replays its cookie is refused from now on. */
export async function closeSession(db: Db, sessionId: string): Promise<void> {
  await db.session.deleteMany({ where: { id: sessionId } });
}

/** Who a session belongs to, or null when it ended or the user is switched off. Asked anew at each request. */
export async function findSessionUser(db: Db, sessionId: string): Promise<Actor | null> {
  const session = await db.session.findFirst({
    where: { id: sessionId, expiresAt: { gt: new Date() }, user: { disabledAt: null } },
    select: { user: { select: { id: true, email: true, role: true } } },
  });
  return session && { id: session.user.id, name: session.user.email, role: session.user.role };
}

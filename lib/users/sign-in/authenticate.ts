import type { Db } from '#lib/db';
import { normalizeEmail } from '#lib/users/email';
import { verifyPassword } from '#lib/users/password/hash';

/** Verifies an email address and a password. Returns null, without a reason, for an unknown or disabled user and a wrong password. */
export async function authenticate(db: Db, email: string, password: string): Promise<{ id: string; email: string; name: string } | null> {
  const user = await db.user.findUnique({
    where: { email: normalizeEmail(email) },
    select: { id: true, email: true, name: true, passwordHash: true, disabledAt: true },
  });
  const right = await verifyPassword(user?.passwordHash, password);
  return right && user && !user.disabledAt ? { id: user.id, email: user.email, name: user.name } : null;
}

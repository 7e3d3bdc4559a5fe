import type { Db } from '#lib/db';
import { hashPassword, makePassword } from '#lib/users/password';

/**
 * Makes the first administrator when nobody can sign in yet, and returns how to sign in; null when there
 * are users already. A password that was not given is made here and is not to be had again.
 */
export async function ensureAdministrator(
  db: Db,
  given: { email?: string; password?: string },
): Promise<{ email: string; password: string } | null> {
  if ((await db.user.count()) > 0) return null;
  const email = given.email ?? 'admin@example.com';
  const password = given.password ?? makePassword();
  await db.user.create({ data: { email, name: 'Administrator', role: 'administrator', passwordHash: await hashPassword(password) } });
  return { email, password };
}

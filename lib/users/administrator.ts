import type { Db } from '#lib/db';
import { generatePassword, hashPassword } from '#lib/users/password/hash';
import { passwordProblem } from '#lib/users/password/rule';

export type FirstAdministrator = {
  email: string;
  password: string;
  /** The reason why the given password is easy to guess; null when it is not. */
  passwordProblem: string | null;
};

/**
 * Creates the first administrator when there are no users yet, and returns the credentials; null when there are users. A
 * generated password cannot be shown again and must be changed at first sign-in. A given password is accepted as it is; the caller
 * warns of its problem.
 */
export async function ensureAdministrator(db: Db, given: { email?: string; password?: string }): Promise<FirstAdministrator | null> {
  if ((await db.user.count()) > 0) return null;
  const email = given.email ?? 'admin@example.com';
  const password = given.password ?? generatePassword();
  const mustChangePassword = given.password === undefined;
  const passwordHash = await hashPassword(password);
  await db.user.create({ data: { email, name: 'Administrator', role: 'administrator', passwordHash, mustChangePassword } });
  return { email, password, passwordProblem: given.password === undefined ? null : passwordProblem(given.password, email) };
}

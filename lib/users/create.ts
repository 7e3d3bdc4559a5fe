import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { newPassword } from '#lib/users/password/hash';
import type { Actor } from '#lib/users/permissions';
import type { CreateUserInput } from '#lib/users/schema';
import { Prisma } from '#prisma/client';

/** The credentials of a user. `generatedPassword` is set only when the password was generated; it is not stored and cannot be shown again. */
export type NewCredentials = { email: string; generatedPassword?: string };

/**
 * Creates a user, who must change the password at first sign-in. Throws `invalid_input` when another user has the email
 * address or when the password is easy to guess.
 */
export async function createUser(db: Db, _actor: Actor, input: CreateUserInput): Promise<NewCredentials> {
  const { email, name, role, can_download_exports: canDownloadExports } = input;
  const { passwordHash, generatedPassword } = await newPassword(input.password, { email, source: 'password' });
  try {
    await db.user.create({ data: { email, name, role, canDownloadExports, passwordHash, mustChangePassword: true } });
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')) throw error;
    throw new DomainError('invalid_input', { detail: 'Another user has this email address', source: 'email' });
  }
  return { email, generatedPassword };
}

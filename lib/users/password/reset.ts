import { transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { NewCredentials } from '#lib/users/create';
import { newPassword } from '#lib/users/password/hash';
import type { Actor } from '#lib/users/permissions';
import type { ResetPasswordInput } from '#lib/users/schema';

/**
 * Sets a new password, chosen or generated, for another user and ends the user's sessions. The user must change it at sign-in.
 * Throws `not_found`, `unprocessable` for the actor, and `invalid_input` for a password that is easy to guess.
 */
export async function resetPassword(db: Db, actor: Actor, input: ResetPasswordInput): Promise<NewCredentials> {
  const { userId: id } = input;
  if (id === actor.id) throw new DomainError('unprocessable', 'Change your own password under Your account');
  const user = await db.user.findUnique({ where: { id }, select: { email: true } });
  if (!user) throw new DomainError('not_found', 'user not found');
  const { passwordHash, generatedPassword } = await newPassword(input.password, { email: user.email, source: 'password' });
  await transaction(db, async (tx) => {
    await tx.user.update({ where: { id }, data: { passwordHash, mustChangePassword: true } });
    await tx.session.deleteMany({ where: { userId: id } });
  });
  return { email: user.email, generatedPassword };
}

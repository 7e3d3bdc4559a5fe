import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { transaction } from '#lib/transaction';
import type { NewCredentials } from '#lib/users/create';
import { givenOrMade, hashPassword } from '#lib/users/password';
import type { Actor } from '#lib/users/permissions';
import type { ResetPasswordInput } from '#lib/users/schema';

/** Gives somebody a new password, chosen or made, and ends their sessions. Throws `not_found`, and `unprocessable` for oneself. */
export async function resetPassword(db: Db, actor: Actor, input: ResetPasswordInput): Promise<NewCredentials> {
  const { userId: id } = input;
  if (id === actor.id) throw new DomainError('unprocessable', 'Change your own password on the page of your account');
  const { password, madePassword } = givenOrMade(input.password);
  const passwordHash = await hashPassword(password);
  const [user] = await transaction(db, async (tx) => {
    const changed = await tx.user.updateManyAndReturn({ where: { id }, data: { passwordHash }, select: { email: true } });
    await tx.session.deleteMany({ where: { userId: id } });
    return changed;
  });
  if (!user) throw new DomainError('not_found', 'user not found');
  return { email: user.email, madePassword };
}

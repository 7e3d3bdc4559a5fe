import type { Database } from '#lib/db';
import { DomainError } from '#lib/errors';
import { transaction } from '#lib/transaction';
import { hashPassword, verifyPassword } from '#lib/users/password';
import type { Actor } from '#lib/users/permissions';
import type { ChangeOwnPasswordInput } from '#lib/users/schema';
import { signInThrottle } from '#lib/users/throttle';

/**
 * Changes the password of whoever asks, who proves to know the old one, and ends all their sessions, the one
 * that asks too: whoever stole one is out. Wrong guesses count as attempts to sign in.
 * Throws `invalid_input`, `too_many_requests`.
 */
export async function changeOwnPassword(db: Database, actor: Actor, input: ChangeOwnPasswordInput): Promise<{ email: string }> {
  const throttle = signInThrottle();
  // A session proves as much as a device does.
  const attempt = { email: actor.name, device: `a session of ${actor.id}` };
  await throttle.take(attempt);
  const user = await db.user.findUnique({ where: { id: actor.id }, select: { email: true, passwordHash: true } });
  if (!user || !(await verifyPassword(user.passwordHash, input.current_password)))
    throw new DomainError('invalid_input', { detail: 'This is not your password', source: 'current_password' });
  await throttle.giveBack(attempt);
  const passwordHash = await hashPassword(input.new_password);
  await transaction(db, async (tx) => {
    // An administrator may have set another one meanwhile; then that one stands.
    const { count } = await tx.user.updateMany({ where: { id: actor.id, passwordHash: user.passwordHash }, data: { passwordHash } });
    if (count === 0) throw new DomainError('conflict', 'Your password was changed by somebody else in the meantime. Sign in again.');
    await tx.session.deleteMany({ where: { userId: actor.id } });
  });
  return { email: user.email };
}

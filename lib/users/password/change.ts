import { transaction } from '#lib/database/transaction';
import type { Database } from '#lib/db';
import { DomainError } from '#lib/errors';
import { newPassword, verifyPassword } from '#lib/users/password/hash';
import type { Actor } from '#lib/users/permissions';
import type { ChangeOwnPasswordInput } from '#lib/users/schema';
import { countSignInAttempt, uncountSignInAttempt } from '#lib/users/sign-in/throttle';

/**
 * Changes the actor's own password after a check of the current one, and ends all their sessions. The current session
 * ends too, because its cookie may have been stolen; the browser signs in again. Wrong passwords count as sign-in attempts.
 * Throws `invalid_input`, `too_many_requests`, and `conflict` when the password was changed at the same time.
 */
export async function changeOwnPassword(db: Database, actor: Actor, input: ChangeOwnPasswordInput): Promise<{ email: string }> {
  // The session is as trustworthy as a known device.
  const attempt = { email: actor.name, device: `a session of ${actor.id}` };
  await countSignInAttempt(attempt);
  const user = await db.user.findUnique({ where: { id: actor.id }, select: { email: true, passwordHash: true } });
  if (!user || !(await verifyPassword(user.passwordHash, input.current_password)))
    throw new DomainError('invalid_input', { detail: 'This is not your password', source: 'current_password' });
  await uncountSignInAttempt(attempt);
  if (input.new_password === input.current_password)
    throw new DomainError('invalid_input', { detail: 'Choose a password that differs from the current one.', source: 'new_password' });
  const { passwordHash } = await newPassword(input.new_password, { email: user.email, source: 'new_password' });
  await transaction(db, async (tx) => {
    // A password that an administrator has set in the meantime is kept.
    const { count } = await tx.user.updateMany({
      where: { id: actor.id, passwordHash: user.passwordHash },
      data: { passwordHash, mustChangePassword: false },
    });
    if (count === 0) throw new DomainError('conflict', 'Your password was changed by somebody else in the meantime. Sign in again.');
    await tx.session.deleteMany({ where: { userId: actor.id } });
  });
  return { email: user.email };
}

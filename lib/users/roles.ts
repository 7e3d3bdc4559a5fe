import { databaseNow } from '#lib/database/clock.sql';
import { transaction } from '#lib/database/transaction';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { lockAdministrators } from '#lib/users/lock-administrators.sql';
import { type Actor, roleNames } from '#lib/users/permissions';
import type { ChangeRoleInput, SetExportDownloadsInput, SetUserEnabledInput } from '#lib/users/schema';

/**
 * Changes the role of another user, from the user's next request on. Throws `not_found`, `unprocessable` for the actor and for the
 * last administrator, and `conflict` when another administrator has changed the role since it was read.
 */
export function changeRole(db: Db, actor: Actor, { userId, role, read }: ChangeRoleInput): Promise<{ name: string }> {
  return transaction(db, async (tx) => {
    await lockAdministrators(tx);
    if (userId === actor.id) throw new DomainError('unprocessable', 'You cannot change your own role: ask another administrator');
    const unchanged = read && { role: { in: [read.role, role] } };
    const [changed] = await tx.user.updateManyAndReturn({ where: { id: userId, ...unchanged }, data: { role }, select: { name: true } });
    if (!changed && read) await rejectConflict(tx, userId);
    return requireAdministrator(tx, changed);
  });
}

/** Enables or disables a user. Disabling ends the user's sessions at once. Throws as {@link changeRole}. */
export function setUserEnabled(db: Db, actor: Actor, { userId, on }: SetUserEnabledInput): Promise<{ name: string }> {
  return transaction(db, async (tx) => {
    await lockAdministrators(tx);
    if (userId === actor.id) throw new DomainError('unprocessable', 'You cannot disable your own account: ask another administrator');
    const data = { disabledAt: on ? null : await databaseNow(tx) };
    const [changed] = await tx.user.updateManyAndReturn({ where: { id: userId }, data, select: { name: true } });
    if (!on) await tx.session.deleteMany({ where: { userId } });
    return requireAdministrator(tx, changed);
  });
}

/** Allows or forbids another user to download exports. Forbidding stops existing links at once. Throws `not_found`, and `unprocessable` for the actor. */
export async function setExportDownloads(
  db: Db,
  actor: Actor,
  { userId: id, allowed }: SetExportDownloadsInput,
): Promise<{ name: string }> {
  if (id === actor.id) throw new DomainError('unprocessable', 'You cannot change this for yourself: ask another administrator');
  const [changed] = await db.user.updateManyAndReturn({ where: { id }, data: { canDownloadExports: allowed }, select: { name: true } });
  if (!changed) throw new DomainError('not_found', 'user not found');
  return changed;
}

async function rejectConflict(tx: Db, userId: string): Promise<void> {
  const user = await tx.user.findUnique({ where: { id: userId }, select: { name: true, role: true } });
  if (user)
    throw new DomainError(
      'conflict',
      `Somebody else changed the role of ${user.name} to ${roleNames[user.role].toLowerCase()} in the meantime`,
    );
}

async function requireAdministrator(tx: Db, changed: { name: string } | undefined): Promise<{ name: string }> {
  if (!changed) throw new DomainError('not_found', 'user not found');
  const administrators = await tx.user.count({ where: { role: 'administrator', disabledAt: null } });
  if (administrators === 0)
    throw new DomainError('unprocessable', 'This is the last administrator: make another user an administrator first');
  return changed;
}

import type { Role } from '#prisma/enums';

/** The role of an actor. Only API clients can be redeemers; users have the roles of the enum `Role`. */
export type ActorRole = Role | 'redeemer';

/** The permissions of each role, for pages, actions and routes. */
const permissions = {
  viewer: ['own_password', 'read'],
  redeemer: ['redeem'],
  merchandiser: ['own_password', 'read', 'write', 'redeem'],
  administrator: ['own_password', 'read', 'write', 'redeem', 'administer'],
} as const satisfies Record<ActorRole, readonly string[]>;

/** The name of each role. */
export const roleNames = {
  viewer: 'Viewer',
  merchandiser: 'Merchandiser',
  administrator: 'Administrator',
} as const satisfies Record<Role, string>;

/**
 * `own_password` changes the user's own password, the only permission while the user must change it. `read` reads, `write`
 * creates promotions, codes and jobs, `redeem` uses codes and returns their uses, `administer` raises maximums and manages users.
 */
export type Permission = (typeof permissions)[ActorRole][number];

/** The actor of a call: a signed-in user or an API client. `created_by` stores the `name`. */
export type Actor = { id: string; name: string; role: ActorRole };

/** A signed-in user. */
export type Person = Actor & { role: Role };

/** True when the role has the permission. */
export function may(role: ActorRole, permission: Permission): boolean {
  const granted: readonly Permission[] = permissions[role];
  return granted.includes(permission);
}

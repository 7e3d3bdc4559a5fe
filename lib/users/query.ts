import type { Db } from '#lib/db';
import type { Role } from '#prisma/enums';

/** A user for the list of users. */
export type UserView = {
  id: string;
  email: string;
  name: string;
  role: Role;
  disabledAt: Date | null;
  createdAt: Date;
  canDownloadExports: boolean;
};

/** All users: enabled users first, then disabled users. */
export function listUsers(db: Db): Promise<UserView[]> {
  return db.user.findMany({
    select: { id: true, email: true, name: true, role: true, disabledAt: true, createdAt: true, canDownloadExports: true },
    orderBy: [{ disabledAt: { sort: 'desc', nulls: 'first' } }, { name: 'asc' }, { email: 'asc' }],
  });
}

/** A session of the actor for the account page. */
export type OwnSession = { id: string; userAgent: string | null; address: string | null; createdAt: Date; lastSeenAt: Date };

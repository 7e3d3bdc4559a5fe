import type { Db } from '#lib/db';
import type { Role } from '#prisma/enums';

/** A user as the list of users shows it. */
export type UserView = {
  id: string;
  email: string;
  name: string;
  role: Role;
  disabledAt: Date | null;
  createdAt: Date;
  canDownloadExports: boolean;
};

/** All users: first those who can sign in, then the disabled ones. */
export function listUsers(db: Db): Promise<UserView[]> {
  return db.user.findMany({
    select: { id: true, email: true, name: true, role: true, disabledAt: true, createdAt: true, canDownloadExports: true },
    orderBy: [{ disabledAt: { sort: 'desc', nulls: 'first' } }, { name: 'asc' }, { email: 'asc' }],
  });
}

/** A session of the actor, as the account page shows it. */
export type OwnSession = { id: string; userAgent: string | null; address: string | null; createdAt: Date; lastSeenAt: Date };

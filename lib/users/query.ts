import type { Db } from '#lib/db';
import type { Role } from '#prisma/enums';

/** Somebody as the list of people shows them. */
export type UserView = {
  id: string;
  email: string;
  name: string;
  role: Role;
  disabledAt: Date | null;
  createdAt: Date;
  canDownloadExports: boolean;
};

/** Everybody who can sign in, and after them who no longer can. */
export function listUsers(db: Db): Promise<UserView[]> {
  return db.user.findMany({
    select: { id: true, email: true, name: true, role: true, disabledAt: true, createdAt: true, canDownloadExports: true },
    orderBy: [{ disabledAt: { sort: 'desc', nulls: 'first' } }, { name: 'asc' }, { email: 'asc' }],
  });
}

/** One of a person's own sessions, as the account page shows it. */
export type OwnSession = { id: string; userAgent: string | null; address: string | null; createdAt: Date; lastSeenAt: Date };

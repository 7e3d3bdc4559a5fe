import type { Db } from '#lib/db';

/** Locks all administrators until `tx` ends. Of two administrators that act on each other, the second waits and sees the result. */
export async function lockAdministrators(tx: Db): Promise<void> {
  await tx.$executeRaw`select id from users where role = 'administrator' order by id for update`;
}

import type { Db } from '#lib/db';

/** Locks all administrators until `tx` ends. When two administrators change each other, the second waits and reads the result of the first. */
export async function lockAdministrators(tx: Db): Promise<void> {
  await tx.$executeRaw`select id from users where role = 'administrator' order by id for update`;
}

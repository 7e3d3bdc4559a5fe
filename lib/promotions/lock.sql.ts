import { z } from 'zod';
import { readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { Prisma } from '#prisma/client';

/** Locks the row of a promotion until `tx` ends. Undefined without a promotion, or when it is being deleted. */
export async function lockRow(tx: Db, id: string): Promise<{ expired: boolean } | undefined> {
  const [row] = await readRows(
    tx,
    z.object({ expired: z.boolean() }),
    Prisma.sql`select "end" <= now() as expired from promotions where id = ${id}::uuid and deleting_at is null for update`,
  );
  return row;
}

/** Marks a promotion as being deleted, by the database's clock. */
export async function markDeleting(tx: Db, id: string): Promise<void> {
  await tx.$executeRaw`update promotions set deleting_at = now() where id = ${id}::uuid`;
}

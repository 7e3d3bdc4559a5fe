import { z } from 'zod';
import { readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { Prisma } from '#prisma/client';

/** The last user or client to change each field of a promotion. Fields that never changed are absent. */
export async function readLastChangers(db: Db, promotionId: string): Promise<Record<string, string>> {
  const changers = await readRows(
    db,
    z.object({ field: z.string(), by: z.string() }),
    Prisma.sql`
    select distinct on (field) field, v.created_by as by
    from promotion_versions v cross join unnest(v.fields) as field
    where v.promotion_id = ${promotionId}::uuid
    order by field, v.version desc`,
  );
  return Object.fromEntries(changers.map(({ field, by }) => [field, by]));
}

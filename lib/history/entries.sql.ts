import { z } from 'zod';
import { readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { historyPageSize } from '#lib/history/schema';
import { Prisma } from '#prisma/client';

const totals = z.object({ total: z.int(), now: z.date() });

/** Returns the number of entries in a promotion's history and the time by the database's clock. Undefined for an unknown promotion. */
export async function countEntries(db: Db, promotionId: string): Promise<z.output<typeof totals> | undefined> {
  const [row] = await readRows(
    db,
    totals,
    Prisma.sql`
    select p.job_count + (select version from promotion_versions where promotion_id = p.id order by version desc limit 1) as total,
      clock_timestamp() as now
    from promotions p where p.id = ${promotionId}::uuid and p.deleting_at is null`,
  );
  return row;
}

/** Returns the ids of one page of versions and jobs, newest first. Each table is read from its index, limited to the rows that the page can contain. */
export async function readEntryIds(db: Db, promotionId: string, before: number): Promise<string[]> {
  const needed = before + historyPageSize;
  const rows = await readRows(
    db,
    z.object({ id: z.string() }),
    Prisma.sql`
    select id from (
      (select id, created_at, version from promotion_versions where promotion_id = ${promotionId}::uuid order by version desc limit ${needed})
      union all
      (select id, created_at, null from promotion_jobs where promotion_id = ${promotionId}::uuid order by created_at desc, id limit ${needed})
    ) as entries
    order by created_at desc, version desc nulls first, id offset ${before} limit ${historyPageSize}`,
  );
  return rows.map(({ id }) => id);
}

/** The columns of the promotion by their names in the database. */
const snapshot = z.record(z.string(), z.unknown());

const version = z.object({
  id: z.string(),
  version: z.int(),
  fields: z.array(z.string()),
  codes: z.int().nullable(),
  by: z.string(),
  at: z.date(),
  before: snapshot.nullable(),
  after: snapshot,
});

export type VersionRow = z.output<typeof version>;

/** Returns versions, each with the snapshot of the previous version. */
export function readVersions(db: Db, ids: readonly string[]): Promise<VersionRow[]> {
  return readRows(
    db,
    version,
    Prisma.sql`
    select v.id, v.version, v.fields, v.codes, v.created_by as by, v.created_at as at, earlier.snapshot as before, v.snapshot as after
    from promotion_versions v
    left join promotion_versions earlier on earlier.promotion_id = v.promotion_id and earlier.version = v.version - 1
    where v.id = any(${ids}::uuid[])`,
  );
}

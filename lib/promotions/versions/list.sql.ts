import { z } from 'zod';
import { readRows, selectList } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { promotionColumns } from '#lib/promotions/columns';
import type { Version } from '#lib/promotions/serialize';
import type { Actor } from '#lib/users/permissions';
import { Prisma } from '#prisma/client';

const version = promotionColumns.extend({
  versionId: z.string(),
  version: z.int(),
  current: z.boolean(),
  fields: z.array(z.string()),
  codes: z.int().nullable(),
  changedBy: z.string(),
  changedAt: z.date(),
});

export type HistoryPart = { promotionId: string; limit: number; offset: number };

/** Some of a promotion's versions, newest first, and how many there are. Throws `not_found`. */
export async function listVersions(
  db: Db,
  _actor: Actor,
  { promotionId, limit, offset }: HistoryPart,
): Promise<{ rows: Version[]; total: number }> {
  // Versions are numbered from 1 without gaps, so the newest number is their total.
  const [newest] = await readRows(
    db,
    z.object({ total: z.int() }),
    Prisma.sql`
    select v.version as total from promotion_versions v join promotions p on p.id = v.promotion_id and p.deleting_at is null
    where v.promotion_id = ${promotionId}::uuid order by v.version desc limit 1`,
  );
  if (!newest) throw new DomainError('not_found', 'promotion not found');
  const { total } = newest;
  const rows = await readRows(
    db,
    version,
    Prisma.sql`
    select v.id as "versionId", v.version, v.version = ${total} as current, v.fields, v.codes, v.created_by as "changedBy", v.created_at as "changedAt",
      ${selectList(promotionColumns, 'p')}
    from promotion_versions v, jsonb_populate_record(null::promotions, v.snapshot) p
    where v.promotion_id = ${promotionId}::uuid
    order by v.version desc limit ${limit} offset ${offset}`,
  );
  return { rows, total };
}

import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { Version } from '#lib/promotions/serialize';
import type { Actor } from '#lib/users/permissions';

export type HistoryPart = { promotionId: string; limit: number; offset: number };

/** Some of a promotion's versions, newest first, and how many there are. Throws `not_found`. */
export async function listVersions(
  db: Db,
  _actor: Actor,
  { promotionId, limit, offset }: HistoryPart,
): Promise<{ rows: Version[]; total: number }> {
  // Versions are numbered from 1 without a gap: the newest number is how many there are.
  const [newest] = await db.$queryRaw<{ total: number }[]>`
    select v.version as total from promotion_versions v join promotions p on p.id = v.promotion_id and p.deleting_at is null
    where v.promotion_id = ${promotionId}::uuid order by v.version desc limit 1`;
  if (!newest) throw new DomainError('not_found', 'promotion not found');
  const { total } = newest;
  const rows = await db.$queryRaw<Version[]>`
    select v.id as "versionId", v.version, v.version = ${total} as current, v.fields, v.codes, v.created_by as "changedBy", v.created_at as "changedAt",
      p.id, p.name, p.description, p.enabled, p.automatic, p.promotion_type as "promotionType", p.schema, p.start, p."end",
      p.min_cart_value as "minCartValue", p.max_discount_value as "maxDiscountValue",
      p.max_applications_per_cart as "maxApplicationsPerCart", p.max_codes as "maxCodes",
      p.created_by as "createdBy", p.updated_by as "updatedBy", p.created_at as "createdAt", p.updated_at as "updatedAt"
    from promotion_versions v, jsonb_populate_record(null::promotions, v.snapshot) p
    where v.promotion_id = ${promotionId}::uuid
    order by v.version desc limit ${limit} offset ${offset}`;
  return { rows, total };
}

import { foldCode } from '#lib/codes/fold';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { existing } from '#lib/promotions/deletion/existing';
import { sweepHolds } from '#lib/redemptions/holds/sweep';
import { firstIdAt, readPublicId } from '#lib/redemptions/key';
import type { RedemptionRow } from '#lib/redemptions/rows.sql';
import { readUsed } from '#lib/redemptions/usages/counts.sql';
import { countUsages, readCodeIds, readUsages, type UsageOrder, type UsageSelection } from '#lib/redemptions/usages/usages.sql';
import type { Actor } from '#lib/users/permissions';

/** Conditions of a list of usages, all of which must hold. `usedOn` bounds the time: from `from` on and before `before`. */
export type UsageFilter = { id?: string; code?: string; from?: Date; before?: Date };

export type UsagesQuery = {
  promotionId: string;
  /** Only the usages of this code, which the promotion must have or have had. */
  code?: string;
  filter?: UsageFilter;
  order: UsageOrder;
  limit: number;
  offset: number;
};

/** Sorting by a text reads all usages. */
const mostSorted = 10_000;

export const tooManyToSort = `Sorting by a text works for up to ${mostSorted} usages: sort by used_on or updated_at`;

/**
 * Some usages of a promotion, or of one of its codes, and how many there are. A usage is the uses of one code in one redemption; those
 * that were given back entirely are left out. Throws `not_found` for an unknown promotion or code, `bad_request` for too many to sort.
 */
export async function listUsages(db: Db, _actor: Actor, query: UsagesQuery): Promise<{ rows: RedemptionRow[]; total: number }> {
  const { promotionId, code, filter = {}, order, limit, offset } = query;
  const promotion = await db.promotion.findUnique({ where: { id: promotionId, ...existing }, select: { number: true } });
  if (!promotion) throw new DomainError('not_found', 'promotion not found');
  const ofCode = code === undefined ? undefined : await readCodeIds(db, promotionId, foldCode(code));
  if (ofCode?.length === 0) throw new DomainError('not_found', 'code not found');
  await sweepHolds(db);
  const selection = await selectionOf(db, promotion.number, ofCode, query);
  if (!selection) return { rows: [], total: 0 };
  const unfiltered = code === undefined && Object.keys(filter).length === 0;
  const total = unfiltered ? (await readUsed(db, promotionId)).usages : await countUsages(db, selection);
  const byText = !['used_on', 'updated_at', 'id'].includes(order.by);
  if (byText && total > mostSorted) throw new DomainError('bad_request', { detail: tooManyToSort, source: 'sort' });
  return { rows: await readUsages(db, selection, { order, limit, offset, total }), total };
}

/** Null where no usage can be meant. */
async function selectionOf(
  db: Db,
  promotionNumber: number,
  ofCode: bigint[] | undefined,
  query: UsagesQuery,
): Promise<UsageSelection | null> {
  const { promotionId, filter = {} } = query;
  const key = filter.id === undefined ? undefined : readPublicId(filter.id);
  if (key === null || (key && key.promotionNumber !== promotionNumber)) return null;
  const named = filter.code === undefined ? undefined : await readCodeIds(db, promotionId, foldCode(filter.code));
  const codeIds = named && ofCode ? named.filter((id) => ofCode.includes(id)) : (named ?? ofCode);
  return {
    promotionNumber,
    codeIds,
    from: [filter.from && firstIdAt(filter.from), key?.id].filter((id) => id !== undefined),
    before: [filter.before && firstIdAt(filter.before), key && key.id + 1n].filter((id) => id !== undefined),
  };
}

import { type CodeRow, readFoldedCodes } from '#lib/codes/codes.sql';
import { foldCode } from '#lib/codes/fold';
import type { Db } from '#lib/db';
import { existing } from '#lib/promotions/deletion/existing';
import { sweepHolds } from '#lib/redemptions/holds/sweep';
import { publicId, redeemedAt } from '#lib/redemptions/key';
import type { RedemptionRow } from '#lib/redemptions/rows.sql';
import type { UsedByDayInput, UsesAddress } from '#lib/redemptions/schema';
import { type RedemptionStatus, redemptionStatus, type UsageState, usageState } from '#lib/redemptions/status';
import { readUsed, readUsedByDay, readUsedByJob, readUsedOfUnlimited } from '#lib/redemptions/usages/counts.sql';
import { countUsedCodes, readCodeIds, readLatest, readPromotionsWithUses } from '#lib/redemptions/usages/usages.sql';
import type { Actor } from '#lib/users/permissions';

// The readers of redemptions for screens. They first give back holds that have run out, so that every number is exact.

/** Uses by calendar day, as `2026-12-06`, the oldest first; days without a use are left out. */
export type UsedByDay = { day: string; used: number }[];

/** The uses of a promotion. */
export type PromotionUses = {
  /** False where no redemption was ever recorded: the shop may count uses itself. */
  recorded: boolean;
  used: number;
  /** How many of the codes that exist are used; null above a million usages, where counting them would take too long. */
  usedCodes: number | null;
  codeCount: number;
  byDay: UsedByDay;
  /** By job, the most used first; all but `used` is null for codes added by hand. */
  byJob: { jobId: string | null; name: string | null; generated: number | null; used: number }[];
};

const mostCounted = 1_000_000;

/** How often the codes of a promotion are used, with its days in UTC; null without a promotion. */
export async function getPromotionUses(db: Db, promotionId: string): Promise<PromotionUses | null> {
  await sweepHolds(db);
  const promotion = await db.promotion.findUnique({ where: { id: promotionId, ...existing }, select: { codeCount: true } });
  if (!promotion) return null;
  const [{ used, usages }, byDay, byJob, withUses] = await Promise.all([
    readUsed(db, promotionId),
    readUsedByDay(db, promotionId, 'UTC'),
    readUsedByJob(db, promotionId),
    readPromotionsWithUses(db, [promotionId]),
  ]);
  const usedCodes = usages > mostCounted ? null : await countUsedCodes(db, promotionId);
  return { recorded: withUses.has(promotionId), used, usedCodes, codeCount: promotion.codeCount, byDay, byJob };
}

/** The uses of a promotion by day in the time zone of the reader. */
export function getUsedByDay(db: Db, _actor: Actor, { promotion_id, time_zone }: UsedByDayInput): Promise<UsedByDay> {
  return readUsedByDay(db, promotion_id, time_zone);
}

/** The uses of one code in one redemption. */
export type ListedRedemption = {
  /** For {@link rollBackRedemption}: the id of the redemption, which may have other codes as well. */
  redemptionId: string;
  code: string;
  quantity: number;
  returned: number;
  status: RedemptionStatus;
  order: string | null;
  customer: string | null;
  redeemedAt: Date;
  /** The name of the user or client that gave uses back; null when none were, or when the redemption was anonymized afterwards. */
  returnedBy: string | null;
};

/** The latest redemptions, and the address of older ones; `older` is null when these are all. */
export type RedemptionList = { redemptions: ListedRedemption[]; older: string | null };

const pageSize = 25;

/** The latest redemptions of a promotion, or of one of its codes, those that were given back included. */
export async function listLatestRedemptions(db: Db, promotionId: string, { code, before }: UsesAddress = {}): Promise<RedemptionList> {
  const codeIds = code === undefined ? undefined : await readCodeIds(db, promotionId, foldCode(code));
  const found = await readLatest(db, promotionId, { codeIds, before: before?.id, limit: pageSize + 1 });
  const rows = found.slice(0, pageSize);
  const last = rows.at(-1);
  return { redemptions: rows.map(listed), older: last && found.length > pageSize ? publicId(last) : null };
}

function listed(row: RedemptionRow): ListedRedemption {
  const { promotionNumber, id, firstId, code, quantity, returned, order, customer, updatedBy, anonymized } = row;
  return {
    redemptionId: publicId({ promotionNumber, id: firstId ?? id }),
    code,
    quantity,
    returned,
    status: redemptionStatus([row]),
    order,
    customer,
    redeemedAt: redeemedAt(id),
    returnedBy: returned > 0 && !anonymized ? updatedBy : null,
  };
}

/** How often a code is used, and whether that makes it unused, used or used up. */
export type CodeUse = { used: number; state: UsageState };

/** How often each code is used. */
export async function getUsesOfCodes(
  db: Db,
  codes: readonly Pick<CodeRow, 'id' | 'promotionId' | 'maxUses' | 'usesLeft'>[],
): Promise<ReadonlyMap<bigint, CodeUse>> {
  const counted = await readUsedOfUnlimited(
    db,
    codes.filter(({ maxUses }) => maxUses === null),
  );
  return new Map(
    codes.map(({ id, maxUses, usesLeft }) => {
      const used = maxUses === null ? (counted.get(id) ?? 0) : maxUses - (usesLeft ?? 0);
      return [id, { used, state: usageState({ used, usesLeft }) }];
    }),
  );
}

/** A code and how often it is used. */
export type UsedCode = CodeRow & CodeUse;

/** The codes with how often each is used, in their order. */
export async function withUses(db: Db, codes: readonly CodeRow[]): Promise<UsedCode[]> {
  const uses = await getUsesOfCodes(db, codes);
  return codes.map((code) => ({ ...code, ...(uses.get(code.id) ?? { used: 0, state: 'unused' }) }));
}

/** A code of a promotion, in any case; null when the promotion does not have it, or not any more. */
export async function getUsedCode(db: Db, promotionId: string, code: string): Promise<UsedCode | null> {
  await sweepHolds(db);
  const found = await readFoldedCodes(db, [foldCode(code)]);
  const [used] = await withUses(
    db,
    found.filter((each) => each.promotionId === promotionId),
  );
  return used ?? null;
}

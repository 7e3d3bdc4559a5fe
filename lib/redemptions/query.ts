import type { Db } from '#lib/db';
import { sweepHolds } from '#lib/redemptions/holds/sweep';
import { publicId, redeemedAt } from '#lib/redemptions/key';
import type { RedemptionRow } from '#lib/redemptions/rows.sql';
import { type RedemptionStatus, redemptionStatus, type UsageState, usageState } from '#lib/redemptions/status';
import { readUsed, readUsedByDay, readUsedByJob, readUsedOfUnlimited } from '#lib/redemptions/usages/counts.sql';
import { readCodeIds, readRedemptionsOfCodes, readRedemptionsOfPromotion } from '#lib/redemptions/usages/usages.sql';

// What screens and exports show of redemptions. Holds that have run out are given back first, so that every number is exact.

/** The uses of a promotion. `used` is 0 where no redemption is recorded: the shop may count uses itself. */
export type PromotionUses = {
  used: number;
  /** By calendar day in the time zone of the reader, as `2026-12-06`, the oldest first; days without a use are left out. */
  byDay: { day: string; used: number }[];
  /** By job, the most used first; `jobId` is null for codes added by hand. */
  byJob: { jobId: string | null; used: number }[];
};

/** How often the codes of a promotion are used. Reads counts only: a million uses take as long as ten. */
export async function getPromotionUses(db: Db, promotionId: string, timeZone: string): Promise<PromotionUses> {
  await sweepHolds(db);
  const [{ used }, byDay, byJob] = await Promise.all([
    readUsed(db, promotionId),
    readUsedByDay(db, promotionId, timeZone),
    readUsedByJob(db, promotionId),
  ]);
  return { used, byDay, byJob };
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
};

/** The latest redemptions of a promotion, those that were given back included. */
export async function listLatestRedemptions(db: Db, promotionId: string, limit = 10): Promise<ListedRedemption[]> {
  return (await readRedemptionsOfPromotion(db, promotionId, limit)).map(listed);
}

/** The latest redemptions of a code of a promotion, those that were given back included. */
export async function listRedemptionsOfCode(db: Db, promotionId: string, folded: string, limit = 25): Promise<ListedRedemption[]> {
  const ids = await readCodeIds(db, promotionId, folded);
  return (await readRedemptionsOfCodes(db, promotionId, ids, limit)).map(listed);
}

function listed(row: RedemptionRow): ListedRedemption {
  const { promotionNumber, id, firstId, code, quantity, returned, order, customer } = row;
  return {
    redemptionId: publicId({ promotionNumber, id: firstId ?? id }),
    code,
    quantity,
    returned,
    status: redemptionStatus([row]),
    order,
    customer,
    redeemedAt: redeemedAt(id),
  };
}

/** What is known of a code's uses without its redemptions. */
type Code = { id: bigint; promotionId: string; maxUses: number | null; usesLeft: number | null };

/** How often each code is used, and whether it is unused, used or used up. */
export async function getUsesOfCodes(db: Db, codes: readonly Code[]): Promise<ReadonlyMap<bigint, { used: number; state: UsageState }>> {
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

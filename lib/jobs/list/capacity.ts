import type { Db } from '#lib/db';
import { measureRate } from '#lib/jobs/list/capacity.sql';
import type { PromotionCapacity } from '#lib/jobs/list/job-row';
import { readActiveJobs } from '#lib/jobs/list/jobs.sql';
import { existing } from '#lib/promotions/deletion/existing';
import { latestEndAbove1000 } from '#lib/promotions/rules';

/** Returns the facts about a promotion that its job form needs, among them the active job and the rate of this server. Null for an unknown promotion. */
export async function readCapacity(db: Db, promotionId: string): Promise<PromotionCapacity | null> {
  const [promotion, active, measured] = await Promise.all([
    db.promotion.findUnique({
      where: { id: promotionId, ...existing },
      select: { id: true, name: true, automatic: true, maxCodes: true, codeCount: true, start: true, end: true },
    }),
    readActiveJobs(db, promotionId),
    measureRate(db),
  ]);
  if (!promotion) return null;
  return {
    ...promotion,
    start: promotion.start.toISOString(),
    end: promotion.end.toISOString(),
    latestEndAbove1000: latestEndAbove1000(promotion.start).toISOString(),
    activeJob: active[0] ?? null,
    ...measured,
  };
}

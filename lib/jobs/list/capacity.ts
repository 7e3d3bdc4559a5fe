import type { Db } from '#lib/db';
import type { PromotionCapacity } from '#lib/jobs/list/job-row';
import { readJobs } from '#lib/jobs/list/rows';
import { activeStatuses } from '#lib/jobs/status';
import { latestEndAbove1000 } from '#lib/promotions/rules';
import { Prisma } from '#prisma/client';

const runsMeasured = 20;

/** What the job form must know of its promotion: how many codes fit, whether a job is active, how fast this server is. */
export async function readCapacity(db: Db, promotionId: string): Promise<PromotionCapacity | null> {
  const [promotion, active, measured] = await Promise.all([
    db.promotion.findUnique({
      where: { id: promotionId },
      select: { id: true, name: true, automatic: true, maxCodes: true, codeCount: true, start: true, end: true },
    }),
    readJobs(
      db,
      Prisma.sql`select id from promotion_jobs where promotion_id = ${promotionId}::uuid and status = any(${activeStatuses}::job_status[])`,
    ),
    measuredRate(db),
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

/** Codes a second over the last jobs that made some, of this server and its database as they are; null before the first. */
async function measuredRate(db: Db): Promise<{ codesPerSecond: number | null; now: string }> {
  const [{ now, rate }] = await db.$queryRaw<[{ now: Date; rate: number | null }]>`
    select clock_timestamp() as now, (sum(generated) / nullif(sum(extract(epoch from finished_at - started_at)), 0))::float8 as rate
    from (
      select generated, started_at, finished_at from promotion_jobs
      where status = 'completed' and job_type = 'code_generate' and interruptions = '[]'
      order by created_at desc, id limit ${runsMeasured}
    ) as latest`;
  return { codesPerSecond: rate, now: now.toISOString() };
}

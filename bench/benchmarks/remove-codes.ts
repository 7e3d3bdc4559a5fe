import { cancelJob } from '#lib/jobs/cancel';
import { createJob } from '#lib/jobs/create';
import { jobIn, jobPast } from '#lib/testing/jobs';
import { seedPromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';
import { truncateCodes } from '../baseline.ts';
import type { Context } from '../context.ts';
import { type Measurement, ratio, timed } from '../measurement.ts';
import { generateJob, runJob } from '../run-job.ts';

/** Measures the time from the cancellation of a job with a million codes to its status `cancelled`. Baseline: one DELETE of a million codes. */
export async function measureRemoveCodes(context: Context): Promise<Measurement[]> {
  const { db, pool, actor, rounds, quick } = context;
  const n = quick ? 100_000 : 1_000_000;
  const { id: promotionId } = await seedPromotion(db, { maxCodes: 2 * n });
  const measured: number[] = [];
  const baseline: number[] = [];
  await using _ = startWorker({ NODE_ENV: 'production' });
  for (let round = 0; round < rounds; round += 1) {
    await truncateCodes(pool);
    const { id: jobId } = await createJob(db, actor, promotionId, generateJob(2 * n));
    await jobPast(db, jobId, n, 300_000);
    const ms = await timed(async () => {
      await cancelJob(db, actor, { promotionId, jobId });
      await jobIn(db, jobId, 'cancelled', 300_000);
    });
    const { deleted } = await db.promotionJob.findUniqueOrThrow({ where: { id: jobId } });
    measured.push((ms * n) / (deleted ?? 0));
    await truncateCodes(pool);
    const { id } = await runJob(context, promotionId, generateJob(n));
    baseline.push(await timed(() => pool.query('delete from promotion_codes where promotion_id = $1 and job_id = $2', [promotionId, id])));
  }
  return [
    { name: `${n.toLocaleString('en')} codes removed by a cancel, time relative to one DELETE`, atMost: 2, ...ratio(measured, baseline) },
  ];
}

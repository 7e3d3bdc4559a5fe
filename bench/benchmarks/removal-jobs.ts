import { deletePromotion } from '#lib/promotions/deletion/delete';
import { jobIn } from '#lib/testing/jobs';
import { seedPromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';
import { truncateCodes } from '../baseline.ts';
import type { Context } from '../context.ts';
import { type Measurement, ratio, timed } from '../measurement.ts';
import { generateJob, runJob } from '../run-job.ts';

/** Measures a `code_remove` job without a filter and a `promotion_delete` job. Baseline: one DELETE of the same number of codes. */
export async function measureRemovalJobs(context: Context): Promise<Measurement[]> {
  const { db, pool, actor, rounds, quick } = context;
  const n = quick ? 100_000 : 1_000_000;
  const removals: number[] = [];
  const deletions: number[] = [];
  const baseline: number[] = [];
  await using _ = startWorker({ NODE_ENV: 'production' });
  const promotionWithCodes = async () => {
    await truncateCodes(pool);
    const { id } = await seedPromotion(db, { maxCodes: n });
    await runJob(context, id, generateJob(n));
    return id;
  };
  for (let round = 0; round < rounds; round += 1) {
    const emptied = await promotionWithCodes();
    removals.push(await timed(() => runJob(context, emptied, { job_type: 'code_remove', parameters: {} })));
    const deleted = await promotionWithCodes();
    deletions.push(
      await timed(async () => {
        const { job_id } = await deletePromotion(db, actor, { promotionId: deleted });
        if (job_id) await jobIn(db, job_id, 'completed', 300_000);
      }),
    );
    const deletedByStatement = await promotionWithCodes();
    baseline.push(await timed(() => pool.query('delete from promotion_codes where promotion_id = $1', [deletedByStatement])));
  }
  const codes = `${n.toLocaleString('en')} codes`;
  return [
    { name: `${codes} removed by a code_remove job, time relative to one DELETE`, atMost: 3, ...ratio(removals, baseline) },
    { name: `${codes} removed by a promotion_delete job, time relative to one DELETE`, atMost: 3, ...ratio(deletions, baseline) },
  ];
}

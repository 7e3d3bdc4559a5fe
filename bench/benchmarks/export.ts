import { join } from 'node:path';
import { seedPromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';
import { copyToFile } from '../baseline.ts';
import type { Context } from '../context.ts';
import { type Measurement, ratio, timed } from '../measurement.ts';
import { generateJob, runJob } from '../run-job.ts';

/** Measures an export of a million codes with SHA-256 and counts. Baseline: plain COPY of the same rows to the same disk. */
export async function measureExport(context: Context): Promise<Measurement[]> {
  const { db, pool, folder, rounds, quick } = context;
  const n = quick ? 100_000 : 1_000_000;
  const { id: promotionId } = await seedPromotion(db, { maxCodes: n });
  const measured: number[] = [];
  const baseline: number[] = [];
  await using _ = startWorker({ NODE_ENV: 'production' });
  await runJob(context, promotionId, generateJob(n));
  await pool.query('vacuum analyze promotion_codes');
  for (let round = 0; round < 2 * rounds; round += 1) {
    measured.push(await timed(() => runJob(context, promotionId, { job_type: 'code_export' })));
    baseline.push(await timed(() => copyToFile(pool, promotionId, join(folder, 'rows.csv'))));
  }
  return [{ name: `${n.toLocaleString('en')} codes exported, time relative to plain COPY TO`, atMost: 1.2, ...ratio(measured, baseline) }];
}

import { join } from 'node:path';
import { seedPromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';
import { copyFromFile, saveRows, truncateCodes } from '../baseline.ts';
import type { Context } from '../context.ts';
import { type Measurement, ratio, timed } from '../measurement.ts';
import { generateJob, runJob } from '../run-job.ts';

/** Measures a job that generates a million codes. Baseline: one plain COPY of the same rows, in the same order, into the same table. */
export async function measureGenerate(context: Context): Promise<Measurement[]> {
  const { db, pool, folder, rounds, quick } = context;
  const n = quick ? 100_000 : 1_000_000;
  const { id: promotionId } = await seedPromotion(db, { maxCodes: n });
  const rows = join(folder, 'rows.copy');
  const measured: number[] = [];
  const baseline: number[] = [];
  await using _ = startWorker({ NODE_ENV: 'production' });
  for (let round = 0; round < rounds; round += 1) {
    await truncateCodes(pool);
    measured.push(await timed(() => runJob(context, promotionId, generateJob(n))));
    await saveRows(pool, promotionId, rows);
    await truncateCodes(pool);
    baseline.push(await timed(() => copyFromFile(pool, rows)));
  }
  return [{ name: `${n.toLocaleString('en')} codes generated, time relative to plain COPY`, atMost: 1, ...ratio(measured, baseline) }];
}

import { join } from 'node:path';
import { makePromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';
import type { Ground } from './ground.ts';
import { codes, completed } from './jobs.ts';
import { type Measurement, ratio, timed } from './measurement.ts';
import { copyToFile } from './plain-copy.ts';

/** An export of a million codes, its SHA-256 and counts included, beside plain COPY of the same rows to the same disk. */
export async function measureExport(ground: Ground): Promise<Measurement[]> {
  const { db, pool, folder, rounds, quick } = ground;
  const n = quick ? 100_000 : 1_000_000;
  const { id: promotionId } = await makePromotion(db, { maxCodes: n });
  const ours: number[] = [];
  const floor: number[] = [];
  await using _ = startWorker({ NODE_ENV: 'production' });
  await completed(ground, promotionId, codes(n));
  await pool.query('vacuum analyze promotion_codes');
  for (let round = 0; round < 2 * rounds; round += 1) {
    ours.push(await timed(() => completed(ground, promotionId, { job_type: 'code_export' })));
    floor.push(await timed(() => copyToFile(pool, promotionId, join(folder, 'rows.csv'))));
  }
  return [{ name: `${n.toLocaleString('en')} codes exported, over plain COPY TO`, atMost: 1.2, ...ratio(ours, floor) }];
}

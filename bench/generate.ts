import { join } from 'node:path';
import { makePromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';
import type { Ground } from './ground.ts';
import { codes, completed } from './jobs.ts';
import { type Measurement, ratio, timed } from './measurement.ts';
import { copyIn, emptyCodes, keepRows } from './plain-copy.ts';

/** A job of a million codes beside one plain COPY of the same rows, in the order they were made, into the same table. */
export async function measureGenerate(ground: Ground): Promise<Measurement[]> {
  const { db, pool, folder, rounds, quick } = ground;
  const n = quick ? 100_000 : 1_000_000;
  const { id: promotionId } = await makePromotion(db, { maxCodes: n });
  const rows = join(folder, 'rows.copy');
  const ours: number[] = [];
  const floor: number[] = [];
  await using _ = startWorker({ NODE_ENV: 'production' });
  for (let round = 0; round < rounds; round += 1) {
    await emptyCodes(pool);
    ours.push(await timed(() => completed(ground, promotionId, codes(n))));
    await keepRows(pool, promotionId, rows);
    await emptyCodes(pool);
    floor.push(await timed(() => copyIn(pool, rows)));
  }
  return [{ name: `${n.toLocaleString('en')} codes made, over plain COPY`, atMost: 1, ...ratio(ours, floor) }];
}

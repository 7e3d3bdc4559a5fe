import { cancelJob } from '#lib/jobs/cancel';
import { createJob } from '#lib/jobs/create';
import { jobIn, jobPast } from '#lib/testing/jobs';
import { makePromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';
import type { Ground } from './ground.ts';
import { codes, completed } from './jobs.ts';
import { type Measurement, ratio, timed } from './measurement.ts';
import { emptyCodes } from './plain-copy.ts';

/** A job that is cancelled after its millionth code, from then until it is `cancelled`, beside one DELETE of a million codes. */
export async function measureRemove(ground: Ground): Promise<Measurement[]> {
  const { db, pool, actor, rounds, quick } = ground;
  const n = quick ? 100_000 : 1_000_000;
  const { id: promotionId } = await makePromotion(db, { maxCodes: 2 * n });
  const ours: number[] = [];
  const floor: number[] = [];
  await using _ = startWorker({ NODE_ENV: 'production' });
  for (let round = 0; round < rounds; round += 1) {
    await emptyCodes(pool);
    const { id: jobId } = await createJob(db, actor, promotionId, codes(2 * n));
    await jobPast(db, jobId, n, 300_000);
    const ms = await timed(async () => {
      await cancelJob(db, actor, { promotionId, jobId });
      await jobIn(db, jobId, 'cancelled', 300_000);
    });
    const { deleted } = await db.promotionJob.findUniqueOrThrow({ where: { id: jobId } });
    ours.push((ms * n) / (deleted ?? 0));
    await emptyCodes(pool);
    const { id } = await completed(ground, promotionId, codes(n));
    floor.push(await timed(() => pool.query('delete from promotion_codes where promotion_id = $1 and job_id = $2', [promotionId, id])));
  }
  return [{ name: `${n.toLocaleString('en')} codes removed by a cancel, over one DELETE`, atMost: 2, ...ratio(ours, floor) }];
}

import { createJob } from '#lib/jobs/create';
import { eventually } from '#lib/testing/eventually';
import { makePromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';
import type { Ground } from './ground.ts';
import { codes } from './jobs.ts';
import type { Measurement } from './measurement.ts';
import { emptyCodes } from './plain-copy.ts';

const processes = [1, 2, 4];
const codesEach = 10_000;

/** A hundred promotions whose jobs wait all at once, worked on by one, two and four worker processes. */
export async function measureManyPromotions(ground: Ground): Promise<Measurement[]> {
  const figures: Measurement[] = [];
  let alone = 0;
  for (const n of processes) {
    const s = await secondsOf(ground, n);
    if (n === 1) alone = s;
    const note = n === 1 ? undefined : `${(alone / s).toFixed(2)} times as fast as one`;
    figures.push({ name: `Jobs of ${codesEach.toLocaleString('en')} in a hundred promotions, ${n} worker(s)`, value: s, unit: 's', note });
  }
  return figures;
}

/** From the first job that was taken up to the last one's end. */
async function secondsOf({ db, pool, actor, quick }: Ground, workers: number): Promise<number> {
  await emptyCodes(pool);
  await pool.query('truncate promotion_jobs');
  const promotions = await Promise.all(Array.from({ length: quick ? 10 : 100 }, () => makePromotion(db, { maxCodes: codesEach })));
  await Promise.all(promotions.map(({ id }) => createJob(db, actor, id, codes(codesEach))));
  const started = Array.from({ length: workers }, () => startWorker({ NODE_ENV: 'production' }));
  await eventually(
    'all jobs done',
    async () => (await db.promotionJob.count({ where: { status: { not: 'completed' } } })) === 0,
    300_000,
  ).finally(() => Promise.all(started.map((worker) => worker.stop())));
  const { _min, _max } = await db.promotionJob.aggregate({ _min: { startedAt: true }, _max: { finishedAt: true } });
  return (Number(_max.finishedAt) - Number(_min.startedAt)) / 1000;
}

import { createJob } from '#lib/jobs/create';
import { eventually } from '#lib/testing/eventually';
import { seedPromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';
import { truncateCodes } from '../baseline.ts';
import type { Context } from '../context.ts';
import type { Measurement } from '../measurement.ts';
import { generateJob } from '../run-job.ts';

const processes = [1, 2, 4];
const codesEach = 10_000;

/** Measures a hundred promotions with one pending job each, run by one, two and four worker processes. */
export async function measureManyPromotions(context: Context): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  let oneWorkerSeconds = 0;
  for (const n of processes) {
    const s = await measureSeconds(context, n);
    if (n === 1) oneWorkerSeconds = s;
    const note = n === 1 ? undefined : `${(oneWorkerSeconds / s).toFixed(2)} times as fast as one`;
    measurements.push({
      name: `Jobs of ${codesEach.toLocaleString('en')} codes in a hundred promotions, ${n} worker(s)`,
      value: s,
      unit: 's',
      note,
    });
  }
  return measurements;
}

/** Returns the seconds from the start of the first job to the end of the last one. */
async function measureSeconds({ db, pool, actor, quick }: Context, workers: number): Promise<number> {
  await truncateCodes(pool);
  await pool.query('truncate promotion_jobs');
  const promotions = await Promise.all(Array.from({ length: quick ? 10 : 100 }, () => seedPromotion(db, { maxCodes: codesEach })));
  await Promise.all(promotions.map(({ id }) => createJob(db, actor, id, generateJob(codesEach))));
  const started = Array.from({ length: workers }, () => startWorker({ NODE_ENV: 'production' }));
  await eventually(
    'the end of all jobs',
    async () => (await db.promotionJob.count({ where: { status: { not: 'completed' } } })) === 0,
    300_000,
  ).finally(() => Promise.all(started.map((worker) => worker.stop())));
  const { _min, _max } = await db.promotionJob.aggregate({ _min: { startedAt: true }, _max: { finishedAt: true } });
  return (Number(_max.finishedAt) - Number(_min.startedAt)) / 1000;
}

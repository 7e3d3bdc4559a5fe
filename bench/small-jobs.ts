import { setTimeout as delay } from 'node:timers/promises';
import { createJob } from '#lib/jobs/create';
import { makePromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';
import type { Ground } from './ground.ts';
import { codes } from './jobs.ts';
import { type Measurement, percentile, timed } from './measurement.ts';

const codesEach = 1000;
const warmUp = 10;

/** One job of 1,000 codes after another, from asking for it until the database says `completed`; the worker is idle before each. */
export async function measureSmallJobs(ground: Ground): Promise<Measurement[]> {
  const jobs = ground.quick ? 20 : 200;
  const { id: promotionId } = await makePromotion(ground.db, { maxCodes: codesEach * (jobs + warmUp) });
  const takes: number[] = [];
  await using _ = startWorker({ NODE_ENV: 'production' });
  for (let i = 0; i < warmUp + jobs; i += 1) {
    const ms = await timed(() => jobDone(ground, promotionId));
    if (i >= warmUp) takes.push(ms);
  }
  const note = `of ${jobs}`;
  return [
    { name: '1,000 codes, asked for to completed, p50', value: percentile(takes, 0.5), atMost: 150, unit: 'ms', note },
    { name: '1,000 codes, asked for to completed, p95', value: percentile(takes, 0.95), atMost: 400, unit: 'ms', note },
  ];
}

async function jobDone({ db, actor }: Ground, promotionId: string): Promise<void> {
  const { id } = await createJob(db, actor, promotionId, codes(codesEach));
  for (;;) {
    const { status } = await db.promotionJob.findUniqueOrThrow({ where: { id }, select: { status: true } });
    if (status === 'completed') return;
    await delay(2);
  }
}

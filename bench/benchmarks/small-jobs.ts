import { setTimeout as delay } from 'node:timers/promises';
import { createJob } from '#lib/jobs/create';
import { seedPromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';
import type { Context } from '../context.ts';
import { type Measurement, percentile, timed } from '../measurement.ts';
import { generateJob } from '../run-job.ts';

const codesEach = 1000;
const warmUp = 10;

/** Measures the time from the creation of a job of 1,000 codes to its status `completed`, with an idle worker and one job at a time. */
export async function measureSmallJobs(context: Context): Promise<Measurement[]> {
  const jobs = context.quick ? 20 : 200;
  const { id: promotionId } = await seedPromotion(context.db, { maxCodes: codesEach * (jobs + warmUp) });
  const durations: number[] = [];
  await using _ = startWorker({ NODE_ENV: 'production' });
  for (let i = 0; i < warmUp + jobs; i += 1) {
    const ms = await timed(() => createAndPoll(context, promotionId));
    if (i >= warmUp) durations.push(ms);
  }
  const note = `${jobs} jobs`;
  return [
    { name: '1,000 codes, from creation to completed, p50', value: percentile(durations, 0.5), atMost: 150, unit: 'ms', note },
    { name: '1,000 codes, from creation to completed, p95', value: percentile(durations, 0.95), atMost: 400, unit: 'ms', note },
  ];
}

async function createAndPoll({ db, actor }: Context, promotionId: string): Promise<void> {
  const { id } = await createJob(db, actor, promotionId, generateJob(codesEach));
  for (;;) {
    const { status } = await db.promotionJob.findUniqueOrThrow({ where: { id }, select: { status: true } });
    if (status === 'completed') return;
    await delay(2);
  }
}

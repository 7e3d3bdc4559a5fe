import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { createJob } from '#lib/jobs/create';
import { seedPromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';
import type { Context } from '../context.ts';
import { type Measurement, percentile } from '../measurement.ts';
import { generateJob } from '../run-job.ts';

const warmUp = 10;

// PostgreSQL sends a notification when the transaction commits.
const notifyOnCommit = `
  create function notify_bench() returns trigger language plpgsql as $$ begin perform pg_notify('bench', tg_argv[0]); return null; end $$;
  create trigger notify_job after insert on promotion_jobs for each statement execute function notify_bench('job');
  create trigger notify_slice after insert on promotion_codes for each statement execute function notify_bench('slice')`;

/** Measures the time from the commit of a job to the commit of its first slice, with one code and an idle worker. */
export async function measureJobStart({ db, pool, actor, quick }: Context): Promise<Measurement[]> {
  const jobs = quick ? 50 : 500;
  const { id: promotionId } = await seedPromotion(db, { maxCodes: jobs + warmUp });
  await pool.query(notifyOnCommit);
  const listener = await pool.connect();
  await listener.query('listen bench');
  const receivedAt: Record<string, number> = {};
  listener.on('notification', ({ payload = '' }) => {
    receivedAt[payload] = performance.now();
  });
  const durations: number[] = [];
  await using worker = startWorker({ NODE_ENV: 'production' });
  await once(worker.process, 'message');
  for (let i = 0; i < warmUp + jobs; i += 1) {
    delete receivedAt.slice;
    await createJob(db, actor, promotionId, generateJob(1));
    while (!receivedAt.slice) await delay(1);
    if (i >= warmUp) durations.push(receivedAt.slice - (receivedAt.job ?? 0));
    // Lets the worker become idle before the next job.
    await delay(20);
  }
  listener.release(true);
  const note = `${jobs} jobs`;
  return [
    { name: 'From the commit of a job to its first slice, p50', value: percentile(durations, 0.5), atMost: 20, unit: 'ms', note },
    { name: 'From the commit of a job to its first slice, p99', value: percentile(durations, 0.99), atMost: 200, unit: 'ms', note },
  ];
}

import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { createJob } from '#lib/jobs/create';
import { makePromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';
import type { Ground } from './ground.ts';
import { codes } from './jobs.ts';
import { type Measurement, percentile } from './measurement.ts';

const warmUp = 10;

// Whoever listens hears of a statement when its transaction is committed.
const tellCommits = `
  create function tell() returns trigger language plpgsql as $$ begin perform pg_notify('bench', tg_argv[0]); return null; end $$;
  create trigger tell_job after insert on promotion_jobs for each statement execute function tell('job');
  create trigger tell_slice after insert on promotion_codes for each statement execute function tell('slice')`;

/** From the commit of a job's row to the commit of its first slice, of one code, by an idle worker. */
export async function measureStart({ db, pool, actor, quick }: Ground): Promise<Measurement[]> {
  const jobs = quick ? 50 : 500;
  const { id: promotionId } = await makePromotion(db, { maxCodes: jobs + warmUp });
  await pool.query(tellCommits);
  const listener = await pool.connect();
  await listener.query('listen bench');
  const heard: Record<string, number> = {};
  listener.on('notification', ({ payload = '' }) => {
    heard[payload] = performance.now();
  });
  const takes: number[] = [];
  await using worker = startWorker({ NODE_ENV: 'production' });
  await once(worker.process, 'message');
  for (let i = 0; i < warmUp + jobs; i += 1) {
    delete heard.slice;
    await createJob(db, actor, promotionId, codes(1));
    while (!heard.slice) await delay(1);
    if (i >= warmUp) takes.push(heard.slice - (heard.job ?? 0));
    // The next one meets a worker that waits.
    await delay(20);
  }
  listener.release(true);
  const note = `of ${jobs}`;
  return [
    { name: 'Commit of a job to its first slice, p50', value: percentile(takes, 0.5), atMost: 20, unit: 'ms', note },
    { name: 'Commit of a job to its first slice, p99', value: percentile(takes, 0.99), atMost: 200, unit: 'ms', note },
  ];
}

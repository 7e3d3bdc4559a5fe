import { setTimeout as delay } from 'node:timers/promises';
import type { Database } from '#lib/db';
import { createJob } from '#lib/jobs/create';
import { makePromotion } from '#lib/testing/seed';
import type { Actor } from '#lib/users/permissions';
import { type Measurement, percentile, timed } from './measurement.ts';

const codes = 1000;
const jobs = 200;
const warmUp = 10;

/** One job of 1,000 codes after another, from asking for it until the database says `completed`; the worker is idle before each. */
export async function measureSmallJobs(db: Database, actor: Actor): Promise<Measurement[]> {
  const { id: promotionId } = await makePromotion(db, { maxCodes: codes * (jobs + warmUp) });
  const takes: number[] = [];
  for (let i = 0; i < warmUp + jobs; i += 1) {
    const ms = await timed(() => jobDone(db, actor, promotionId));
    if (i >= warmUp) takes.push(ms);
  }
  const note = `of ${jobs}`;
  return [
    { name: '1,000 codes, asked for to completed, p50', value: percentile(takes, 0.5), limit: 150, unit: 'ms', note },
    { name: '1,000 codes, asked for to completed, p95', value: percentile(takes, 0.95), limit: 400, unit: 'ms', note },
  ];
}

async function jobDone(db: Database, actor: Actor, promotionId: string): Promise<void> {
  const { id } = await createJob(db, actor, promotionId, {
    job_type: 'code_generate',
    parameters: { number_of_codes: codes, consume_unit: 'per_cart', code_length: 8 },
  });
  for (;;) {
    const { status } = await db.promotionJob.findUniqueOrThrow({ where: { id }, select: { status: true } });
    if (status === 'completed') return;
    await delay(2);
  }
}

import { describe, expect, it } from 'vitest';
import { createJob } from '#lib/jobs/create';
import { claim, correctCrashCount, type Run, recordOutage, release } from '#lib/jobs/engine/run.sql';
import { listJobs } from '#lib/jobs/list/query';
import { listJobsInput } from '#lib/jobs/schema';
import { actor, db, pool } from '#lib/testing/database';
import { seedPromotion } from '#lib/testing/seed';

async function pendingJob(): Promise<{ jobId: string; promotionId: string }> {
  const { id: promotionId } = await seedPromotion(db);
  const parameters = { number_of_codes: 5, consume_unit: 'per_cart', code_length: 8 } as const;
  const { id: jobId } = await createJob(db, actor, promotionId, { job_type: 'code_generate', parameters });
  return { jobId, promotionId };
}

async function claimed(jobId: string): Promise<Run> {
  const run = await claim(pool, jobId);
  if (!run) throw new Error('the job could not be claimed');
  return run;
}

/** Makes the last heartbeat of the job's run look this old. */
const age = (jobId: string, seconds: number) =>
  pool.query('update promotion_jobs set run_seen_at = clock_timestamp() - make_interval(secs => $2) where id = $1', [jobId, seconds]);

async function shown(promotionId: string) {
  const { jobs } = await listJobs(db, actor, listJobsInput.parse({ promotion_id: promotionId }));
  const [job] = jobs;
  if (!job) throw new Error('the promotion has no job');
  return job;
}

describe('the interruptions of a job', () => {
  it('a job that ran without interruption stores none', async () => {
    const { jobId, promotionId } = await pendingJob();
    expect(await shown(promotionId)).toMatchObject({ attempts: 0, interruptions: [] });
    await claimed(jobId);
    expect(await shown(promotionId)).toMatchObject({ attempts: 1, interruptions: [] });
  });

  it('a job stores, in order, that a worker stopped and that one died, with time and duration', async () => {
    const { jobId, promotionId } = await pendingJob();
    await release(pool, await claimed(jobId));
    await age(jobId, 3);
    await claimed(jobId);
    await age(jobId, 60);
    await claimed(jobId);
    const { attempts, interruptions } = await shown(promotionId);
    expect(attempts).toBe(3);
    expect(interruptions).toMatchObject([
      { what: 'stopped', run: 1 },
      { what: 'died', run: 2 },
    ]);
    expect(interruptions.map(({ seconds }) => Math.round(seconds))).toEqual([3, 60]);
    expect(Date.parse(interruptions[1]?.at ?? '')).toBeCloseTo(Date.now() - 60_000, -4);
  });

  it('correctCrashCount changes the entry of a live run from died to stood_still, and no other entry', async () => {
    const { jobId, promotionId } = await pendingJob();
    await claimed(jobId);
    await age(jobId, 60);
    const stale = await claimed(jobId);
    await age(jobId, 60);
    await claimed(jobId);
    await correctCrashCount(pool, stale);
    expect((await shown(promotionId)).interruptions.map(({ what }) => what)).toEqual(['died', 'stood_still']);
  });

  it('claim adds no interruption for runs that were interrupted before interruptions were stored', async () => {
    const { jobId, promotionId } = await pendingJob();
    const stale = await claimed(jobId);
    await age(jobId, 60);
    await claimed(jobId);
    await pool.query(`update promotion_jobs set interruptions = '[]' where id = $1`, [jobId]);
    await correctCrashCount(pool, stale);
    expect(await db.promotionJob.findUniqueOrThrow({ where: { id: jobId } })).toMatchObject({ crashes: 0, interruptions: [] });
    expect((await shown(promotionId)).interruptions).toEqual([]);
  });

  it('recordOutage stores an outage of the database only for the run that holds the job', async () => {
    const { jobId, promotionId } = await pendingJob();
    const stale = await claimed(jobId);
    await recordOutage(pool, stale, 4.5);
    await age(jobId, 60);
    await claimed(jobId);
    await recordOutage(pool, stale, 7);
    const { interruptions } = await shown(promotionId);
    expect(interruptions).toMatchObject([
      { what: 'database', run: 1, seconds: 4.5 },
      { what: 'died', run: 1 },
    ]);
  });

  it('a job stores at most a hundred interruptions', async () => {
    const { jobId, promotionId } = await pendingJob();
    const run = await claimed(jobId);
    for (let time = 0; time < 102; time += 1) await recordOutage(pool, run, 1);
    expect((await shown(promotionId)).interruptions).toHaveLength(100);
  });
});

it('a job that another run took over has no rate until that run has measured one', async () => {
  const { jobId, promotionId } = await pendingJob();
  await claimed(jobId);
  await pool.query(`update promotion_jobs set rate = 100, generated = 1, run_seen_at = now() - interval '1 minute' where id = $1`, [jobId]);
  await claimed(jobId);
  expect((await shown(promotionId)).secondsLeft).toBeNull();
});

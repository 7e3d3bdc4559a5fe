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

/** As if the last sign of life of the job's run were so long ago. */
const age = (jobId: string, seconds: number) =>
  pool.query('update promotion_jobs set run_seen_at = clock_timestamp() - make_interval(secs => $2) where id = $1', [jobId, seconds]);

async function shown(promotionId: string) {
  const { jobs } = await listJobs(db, actor, listJobsInput.parse({ promotion_id: promotionId }));
  const [job] = jobs;
  if (!job) throw new Error('the promotion has no job');
  return job;
}

describe('the receipt of a job', () => {
  it('names no interruption of work that went through', async () => {
    const { jobId, promotionId } = await pendingJob();
    expect(await shown(promotionId)).toMatchObject({ attempts: 0, interruptions: [] });
    await claimed(jobId);
    expect(await shown(promotionId)).toMatchObject({ attempts: 1, interruptions: [] });
  });

  it('names a worker that stopped and one that died, in their order, with when and for how long', async () => {
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

  it('says of a run that lives to tell that it stood still, and of the others what they were', async () => {
    const { jobId, promotionId } = await pendingJob();
    await claimed(jobId);
    await age(jobId, 60);
    const stale = await claimed(jobId);
    await age(jobId, 60);
    await claimed(jobId);
    await correctCrashCount(pool, stale);
    expect((await shown(promotionId)).interruptions.map(({ what }) => what)).toEqual(['died', 'stood_still']);
  });

  it('stays empty for a job whose runs were interrupted before anybody wrote that down', async () => {
    const { jobId, promotionId } = await pendingJob();
    const stale = await claimed(jobId);
    await age(jobId, 60);
    await claimed(jobId);
    await pool.query(`update promotion_jobs set interruptions = '[]' where id = $1`, [jobId]);
    await correctCrashCount(pool, stale);
    expect(await db.promotionJob.findUniqueOrThrow({ where: { id: jobId } })).toMatchObject({ crashes: 0, interruptions: [] });
    expect((await shown(promotionId)).interruptions).toEqual([]);
  });

  it('names an absence of the database, of the run that has the job alone', async () => {
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

  it('keeps no more than a hundred of them', async () => {
    const { jobId, promotionId } = await pendingJob();
    const run = await claimed(jobId);
    for (let time = 0; time < 102; time += 1) await recordOutage(pool, run, 1);
    expect((await shown(promotionId)).interruptions).toHaveLength(100);
  });
});

it('a job taken up again has no rate until the new run has measured one', async () => {
  const { jobId, promotionId } = await pendingJob();
  await claimed(jobId);
  await pool.query(`update promotion_jobs set rate = 100, generated = 1, run_seen_at = now() - interval '1 minute' where id = $1`, [jobId]);
  await claimed(jobId);
  expect((await shown(promotionId)).secondsLeft).toBeNull();
});

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

/** Sets the last heartbeat of the job's run to this many seconds ago. */
const ageHeartbeat = (jobId: string, seconds: number) =>
  pool.query('update promotion_jobs set run_seen_at = clock_timestamp() - make_interval(secs => $2) where id = $1', [jobId, seconds]);

async function listedJob(promotionId: string) {
  const { jobs } = await listJobs(db, actor, listJobsInput.parse({ promotion_id: promotionId }));
  const [job] = jobs;
  if (!job) throw new Error('the promotion has no job');
  return job;
}

describe('the interruptions of a job', () => {
  it('a job that ran without interruptions stores no interruptions', async () => {
    const { jobId, promotionId } = await pendingJob();
    expect(await listedJob(promotionId)).toMatchObject({ attempts: 0, interruptions: [] });
    await claimed(jobId);
    expect(await listedJob(promotionId)).toMatchObject({ attempts: 1, interruptions: [] });
  });

  it('a job stores the stop and the death of its workers in order, with time and duration', async () => {
    const { jobId, promotionId } = await pendingJob();
    await release(pool, await claimed(jobId));
    await ageHeartbeat(jobId, 3);
    await claimed(jobId);
    await ageHeartbeat(jobId, 60);
    await claimed(jobId);
    const { attempts, interruptions } = await listedJob(promotionId);
    expect(attempts).toBe(3);
    expect(interruptions).toMatchObject([
      { what: 'stopped', run: 1 },
      { what: 'died', run: 2 },
    ]);
    expect(interruptions.map(({ seconds }) => Math.round(seconds))).toEqual([3, 60]);
    expect(Date.parse(interruptions[1]?.at ?? '')).toBeCloseTo(Date.now() - 60_000, -4);
  });

  it('correctCrashCount changes only the interruption of the live run from died to stood_still', async () => {
    const { jobId, promotionId } = await pendingJob();
    await claimed(jobId);
    await ageHeartbeat(jobId, 60);
    const stale = await claimed(jobId);
    await ageHeartbeat(jobId, 60);
    await claimed(jobId);
    await correctCrashCount(pool, stale);
    expect((await listedJob(promotionId)).interruptions.map(({ what }) => what)).toEqual(['died', 'stood_still']);
  });

  it('correctCrashCount adds no interruption to a job row from a version without interruptions', async () => {
    const { jobId, promotionId } = await pendingJob();
    const stale = await claimed(jobId);
    await ageHeartbeat(jobId, 60);
    await claimed(jobId);
    await pool.query(`update promotion_jobs set interruptions = '[]' where id = $1`, [jobId]);
    await correctCrashCount(pool, stale);
    expect(await db.promotionJob.findUniqueOrThrow({ where: { id: jobId } })).toMatchObject({ crashes: 0, interruptions: [] });
    expect((await listedJob(promotionId)).interruptions).toEqual([]);
  });

  it('recordOutage stores an outage of the database only for the run that holds the job', async () => {
    const { jobId, promotionId } = await pendingJob();
    const stale = await claimed(jobId);
    await recordOutage(pool, stale, 4.5);
    await ageHeartbeat(jobId, 60);
    await claimed(jobId);
    await recordOutage(pool, stale, 7);
    const { interruptions } = await listedJob(promotionId);
    expect(interruptions).toMatchObject([
      { what: 'database', run: 1, seconds: 4.5 },
      { what: 'died', run: 1 },
    ]);
  });

  it('a job stores at most a hundred interruptions', async () => {
    const { jobId, promotionId } = await pendingJob();
    const run = await claimed(jobId);
    for (let time = 0; time < 102; time += 1) await recordOutage(pool, run, 1);
    expect((await listedJob(promotionId)).interruptions).toHaveLength(100);
  });
});

it('a job that a new run took over has no estimate until that run has measured a rate', async () => {
  const { jobId, promotionId } = await pendingJob();
  await claimed(jobId);
  await pool.query(`update promotion_jobs set rate = 100, generated = 1, run_seen_at = now() - interval '1 minute' where id = $1`, [jobId]);
  await claimed(jobId);
  expect((await listedJob(promotionId)).secondsLeft).toBeNull();
});

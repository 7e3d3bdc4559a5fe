import { describe, expect, it } from 'vitest';
import { cancelJob } from '#lib/jobs/cancel';
import { createJob } from '#lib/jobs/create';
import { claim, release } from '#lib/jobs/engine/run.sql';
import { listJobs } from '#lib/jobs/list/query';
import { listJobsInput } from '#lib/jobs/schema';
import { actor, db, pool } from '#lib/testing/database';
import { jobIn, jobPast } from '#lib/testing/jobs';
import { seedPromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';

function codes(number_of_codes: number, more: { code_prefix?: string; max_uses_per_code?: number } = {}) {
  return { job_type: 'code_generate', parameters: { number_of_codes, consume_unit: 'per_cart', code_length: 8, ...more } } as const;
}

async function countCodes(jobId: string): Promise<number> {
  return db.promotionCode.count({ where: { jobId } });
}

describe('a worker with a code_generate job', () => {
  it('a worker completes a code_generate job with exactly the requested codes', async () => {
    await using _worker = startWorker();
    const promotion = await seedPromotion(db, { maxCodes: 60_000 });
    const { id } = await createJob(db, actor, promotion.id, codes(60_000, { code_prefix: 'Spring-', max_uses_per_code: 3 }));
    const job = await jobIn(db, id, 'completed');
    expect(job).toMatchObject({ generated: 60_000, deleted: null, error: null, attempts: 1, crashes: 0 });
    expect(await countCodes(id)).toBe(60_000);
    expect(await db.promotion.findUniqueOrThrow({ where: { id: promotion.id } })).toMatchObject({ codeCount: 60_000 });
    const code = await db.promotionCode.findFirstOrThrow({ where: { jobId: id } });
    expect(code).toMatchObject({ maxUses: 3, uses: 3, consumeUnit: 'per_cart', createdBy: actor.name });
    expect(code.code).toMatch(/^Spring-[2-9b-z]{4}-[2-9b-z]{4}$/);
  });

  it('a code_generate job that exceeds the maximum of its promotion fails with codes_limit_exceeded and keeps no codes', async () => {
    await using _worker = startWorker();
    const promotion = await seedPromotion(db, { maxCodes: 40_000 });
    const first = await createJob(db, actor, promotion.id, codes(10_000));
    await jobIn(db, first.id, 'completed');
    const second = await createJob(db, actor, promotion.id, codes(40_000));
    const job = await jobIn(db, second.id, 'failed');
    expect(job.error).toBe('codes_limit_exceeded');
    expect(await countCodes(second.id)).toBe(0);
    expect(await countCodes(first.id)).toBe(10_000);
  });

  it('a worker that starts completes a pending job', async () => {
    const promotion = await seedPromotion(db);
    const { id } = await createJob(db, actor, promotion.id, codes(10));
    expect(await db.promotionJob.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'pending', startedAt: null });
    await using _worker = startWorker();
    await jobIn(db, id, 'completed');
  });

  it('a worker completes a released job without a queue entry within ten seconds', async () => {
    const promotion = await seedPromotion(db);
    const { id } = await createJob(db, actor, promotion.id, codes(10));
    const run = await claim(pool, id);
    await pool.query(`delete from pgboss.job where data ->> 'jobId' = $1`, [id]);
    if (run) await release(pool, run);
    await using _worker = startWorker();
    await jobIn(db, id, 'completed', 10_000);
  });

  it('a worker completes a pending job without a queue entry', async () => {
    const promotion = await seedPromotion(db);
    const { id } = await createJob(db, actor, promotion.id, codes(10));
    await pool.query(`delete from pgboss.job where singleton_key = $1`, [id]);
    await pool.query(`update promotion_jobs set created_at = now() - interval '1 minute' where id = $1`, [id]);
    await using _worker = startWorker();
    await jobIn(db, id, 'completed');
  });
});

describe('a cancelled job', () => {
  it('a worker removes all codes of a job that is cancelled while it runs, and counts them', async () => {
    await using _worker = startWorker();
    const promotion = await seedPromotion(db, { maxCodes: 500_000 });
    const { id } = await createJob(db, actor, promotion.id, codes(500_000));
    await jobPast(db, id, 1);
    await cancelJob(db, actor, { promotionId: promotion.id, jobId: id });
    const job = await jobIn(db, id, 'cancelled');
    expect(await countCodes(id)).toBe(0);
    expect(job.generated).toBeGreaterThan(0);
    expect(job.deleted).toBe(job.generated);
    expect(await db.promotion.findUniqueOrThrow({ where: { id: promotion.id } })).toMatchObject({ codeCount: 0 });
  });

  it('no worker claims a job that was cancelled while it was pending', async () => {
    const promotion = await seedPromotion(db);
    const { id } = await createJob(db, actor, promotion.id, codes(10));
    await cancelJob(db, actor, { promotionId: promotion.id, jobId: id });
    await using _worker = startWorker();
    const other = await seedPromotion(db);
    await jobIn(db, (await createJob(db, actor, other.id, codes(10))).id, 'completed');
    expect(await db.promotionJob.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'cancelled', attempts: 0, deleted: 0 });
  });
});

describe('a worker that dies', () => {
  it('another worker completes a job with exactly 200,000 codes after its worker was killed', { timeout: 60_000 }, async () => {
    const promotion = await seedPromotion(db, { maxCodes: 200_000 });
    const { id } = await createJob(db, actor, promotion.id, codes(200_000));
    const first = startWorker();
    await jobPast(db, id, 1);
    await first.kill();
    const { status } = await db.promotionJob.findUniqueOrThrow({ where: { id } });
    expect(status, 'the worker was killed after the end of the job').toBe('processing');
    await using _second = startWorker();
    const job = await jobIn(db, id, 'completed', 45_000);
    expect(job).toMatchObject({ generated: 200_000, attempts: 2, crashes: 1, interruptions: [{ what: 'died', run: 1 }] });
    expect(await countCodes(id)).toBe(200_000);
  });

  it('a job whose worker dies three times fails with worker_died and keeps no codes', { timeout: 60_000 }, async () => {
    const promotion = await seedPromotion(db);
    const { id } = await createJob(db, actor, promotion.id, codes(10));
    await pool.query(
      `update promotion_jobs set status = 'processing', started_at = now(), attempts = 3, crashes = 2,
         run_token = gen_random_uuid(), run_seen_at = now() - interval '1 minute' where id = $1`,
      [id],
    );
    await using _worker = startWorker();
    const job = await jobIn(db, id, 'failed');
    expect(job.error).toBe('worker_died');
    expect(await countCodes(id)).toBe(0);
  });

  it('a worker releases its job on SIGTERM, and another worker completes it', { timeout: 60_000 }, async () => {
    const promotion = await seedPromotion(db, { maxCodes: 300_000 });
    const { id } = await createJob(db, actor, promotion.id, codes(300_000));
    const first = startWorker();
    await jobPast(db, id, 1);
    await using _second = startWorker();
    await first.stop();
    const job = await jobIn(db, id, 'completed', 45_000);
    expect(job).toMatchObject({ generated: 300_000, attempts: 2, crashes: 0, interruptions: [{ what: 'stopped', run: 1 }] });
    expect(await countCodes(id)).toBe(300_000);
  });
});

describe('a worker whose connections are terminated', () => {
  it('a worker completes a job with exactly its codes after its connections were terminated three times', { timeout: 60_000 }, async () => {
    const worker = startWorker();
    const promotion = await seedPromotion(db, { maxCodes: 200_000 });
    const { id } = await createJob(db, actor, promotion.id, codes(200_000));
    for (const generated of [1, 50_000, 100_000]) {
      await jobPast(db, id, generated);
      await pool.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
    }
    const job = await jobIn(db, id, 'completed', 45_000);
    expect(job).toMatchObject({ generated: 200_000, crashes: 0 });
    expect(job.interruptions).toContainEqual(expect.objectContaining({ what: 'database', run: 1 }));
    expect(await countCodes(id)).toBe(200_000);
    expect(worker.process.exitCode, 'the worker still runs').toBeNull();
    await worker.stop();
  });
});

describe('a job delivered twice', () => {
  it('one of two workers runs a job that the queue delivers twice', async () => {
    const promotion = await seedPromotion(db, { maxCodes: 100_000 });
    const { id } = await createJob(db, actor, promotion.id, codes(100_000));
    await pool.query(`insert into pgboss.job (name, data, policy) values ('promotion-jobs', $1, 'standard')`, [{ jobId: id }]);
    await using _one = startWorker();
    await using _two = startWorker();
    expect(await jobIn(db, id, 'completed')).toMatchObject({ generated: 100_000, attempts: 1 });
    expect(await countCodes(id)).toBe(100_000);
  });
});

describe('the queue position', () => {
  it('a worker claims jobs in the order of the queue position, and a released job keeps its position', async () => {
    const promotions = await Promise.all([seedPromotion(db), seedPromotion(db), seedPromotion(db)]);
    const jobs: string[] = [];
    for (const { id } of promotions) jobs.push((await createJob(db, actor, id, codes(10))).id);
    await pool.query(`update pgboss.job set state = 'retry', retry_count = 1 where singleton_key = $1`, [jobs[1]]);
    const { queuePosition } = await listJobs(db, actor, listJobsInput.parse({ status: 'pending' }));
    const ids = queuePosition?.ids ?? [];
    expect(ids).toEqual(jobs);
    await using _worker = startWorker({ WORKER_CONCURRENCY: '1' });
    const completed = await Promise.all(ids.map((id) => jobIn(db, id, 'completed')));
    const started = completed.sort((a, b) => Number(a.startedAt) - Number(b.startedAt));
    expect(started.map(({ id }) => id)).toEqual(ids);
  });
});

describe('the log', () => {
  it('a worker logs each status of a job once, with job, promotion and run and without codes', { timeout: 60_000 }, async () => {
    const worker = startWorker();
    const [done, full, stopped] = await Promise.all([
      seedPromotion(db, { maxCodes: 10 }),
      seedPromotion(db, { maxCodes: 10 }),
      seedPromotion(db, { maxCodes: 500_000 }),
    ]);
    const completed = await createJob(db, actor, done.id, codes(10));
    await pool.query(`insert into promotion_codes (promotion_id, code, consume_unit, created_by) values ($1, 'taken', 'per_cart', 'me')`, [
      full.id,
    ]);
    const failed = await createJob(db, actor, full.id, codes(10));
    await Promise.all([jobIn(db, completed.id, 'completed'), jobIn(db, failed.id, 'failed')]);
    const { code } = await db.promotionCode.findFirstOrThrow({ where: { jobId: completed.id } });
    const cancelled = await createJob(db, actor, stopped.id, codes(500_000));
    await jobPast(db, cancelled.id, 1);
    await cancelJob(db, actor, { promotionId: stopped.id, jobId: cancelled.id });
    await jobIn(db, cancelled.id, 'cancelled');
    await worker.stop();
    expect(worker.output()).not.toContain(code);
    const changes = worker
      .output()
      .split('\n')
      .filter((line) => line.includes('"status"'))
      .map((line) => JSON.parse(line));
    const of = ({ id }: { id: string }) => changes.filter(({ job }) => job === id);
    expect(of(completed).map(({ status }) => status)).toEqual(['processing', 'completed']);
    expect(of(failed).map(({ status }) => status)).toEqual(['processing', 'failed']);
    expect(of(cancelled).map(({ status }) => status)).toEqual(['processing', 'cancelled']);
    for (const change of of(completed)) expect(change).toMatchObject({ promotion: done.id, run: expect.any(String) });
    expect(worker.output()).toContain('"reason":"codes_limit_exceeded"');
  });
});

import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { cancelJob } from '#lib/jobs/cancel';
import { createJob } from '#lib/jobs/create';
import { listJobs, watchJobs } from '#lib/jobs/list/query';
import { listJobsInput } from '#lib/jobs/schema';
import { redeem } from '#lib/redemptions/redeem';
import { redeemInput } from '#lib/redemptions/schema';
import { actor, administrator, db, pool } from '#lib/testing/database';
import { plansOf } from '#lib/testing/plans';
import { seedCode } from '#lib/testing/redemptions';
import { seedCodes, seedPromotion } from '#lib/testing/seed';
import type { Promotion } from '#prisma/client';

const list = (input: Record<string, unknown> = {}) => listJobs(db, actor, listJobsInput.parse(input));

/** Creates ended jobs, one second apart, newest first. Every tenth has failed and every seventh is an export. */
async function seedJobs(promotion: Promotion, n: number): Promise<void> {
  await db.$executeRaw`
    insert into promotion_jobs (promotion_id, job_type, status, name, number_of_codes, consume_unit, code_length, generated, error,
      file_key, file_rows, file_bytes, file_sha256, created_by, created_at, started_at, finished_at)
    select ${promotion.id}::uuid, type::job_type, status::job_status, 'Job ' || i,
      case type when 'code_generate' then 5 end, case type when 'code_generate' then 'per_cart'::consume_unit end,
      case type when 'code_generate' then 8 end, case when type = 'code_generate' and status = 'completed' then 5 else 0 end,
      case status when 'failed' then 'codes_limit_exceeded'::job_error end,
      case when type = 'code_export' and status = 'completed' then i || '.csv' end, case when type = 'code_export' and status = 'completed' then 5 end,
      case when type = 'code_export' and status = 'completed' then 500 end, case when type = 'code_export' and status = 'completed' then 'ab12' end,
      'seed@example.com', at, at + interval '2 seconds', at + interval '12 seconds'
    from (
      select i, now() - i * interval '1 second' as at, case when i % 7 = 0 then 'code_export' else 'code_generate' end as type,
        case when i % 10 = 0 then 'failed' else 'completed' end as status
      from generate_series(1, ${n}) as i
    ) as job`;
}

describe('listJobs', () => {
  let promotion: Promotion;
  beforeAll(async () => {
    promotion = await seedPromotion(db, { name: 'Listed', maxCodes: 5_000 });
    await seedJobs(promotion, 60);
    await seedJobs(await seedPromotion(db), 3);
  });

  test('listJobs returns a page of jobs, newest first, and the counts of each status and kind', async () => {
    const { jobs, counts } = await list({ promotion_id: promotion.id, page: 3 });
    expect(jobs.map(({ name }) => name)).toEqual(Array.from({ length: 10 }, (_, i) => `Job ${51 + i}`));
    expect(counts.shown).toEqual({ n: 60, more: false });
    const byStatus = Object.fromEntries(counts.byStatus.map(({ status, count }) => [status, count.n]));
    expect(byStatus).toEqual({ pending: 0, processing: 0, cancelling: 0, completed: 54, failed: 6, cancelled: 0 });
    const byType = Object.fromEntries(counts.byType.map(({ jobType, count }) => [jobType, count.n]));
    expect(byType).toEqual({ code_generate: 52, code_export: 8, code_remove: 0, promotion_delete: 0 });
  });

  test('listJobs filters by status and kind and counts the jobs of every other filter', async () => {
    const { jobs, counts } = await list({ promotion_id: promotion.id, status: 'completed', job_type: 'code_export' });
    expect(jobs.map(({ name }) => name)).toEqual([7, 14, 21, 28, 35, 42, 49, 56].map((i) => `Job ${i}`));
    expect(counts.shown.n).toBe(8);
    expect(counts.anyStatus.n).toBe(8);
    expect(counts.anyType.n).toBe(54);
  });

  test('listJobs of all promotions names the promotion of each job and returns no capacity', async () => {
    const { jobs, counts, capacity } = await list();
    expect(counts.shown.n).toBeGreaterThanOrEqual(63);
    expect(jobs.find(({ name }) => name === 'Job 5')).toMatchObject({ promotionId: promotion.id, promotionName: 'Listed' });
    expect(capacity).toBeNull();
  });

  test('listJobs is empty past the last page and for an unknown promotion', async () => {
    expect((await list({ promotion_id: promotion.id, page: 4 })).jobs).toEqual([]);
    const unknown = await list({ promotion_id: randomUUID() });
    expect(unknown).toMatchObject({ jobs: [], capacity: null, counts: { shown: { n: 0 } } });
  });

  test('listJobs returns the result and the durations of a job', async () => {
    const { jobs } = await list({ promotion_id: promotion.id });
    expect(jobs.find(({ name }) => name === 'Job 1')).toMatchObject({
      status: 'completed',
      secondsWaited: 2,
      secondsWorked: 10,
      file: null,
      createdBy: 'seed@example.com',
      settings: { numberOfCodes: 5, consumeUnit: 'per_cart', codeLength: 8, codePrefix: null, maxUsesPerCode: null },
      progress: { done: 5, total: 5 },
      secondsLeft: null,
    });
    expect(jobs.find(({ name }) => name === 'Job 7')).toMatchObject({ settings: null, file: { rows: 5, bytes: 500, sha256: 'ab12' } });
    expect(jobs.find(({ name }) => name === 'Job 10')).toMatchObject({ status: 'failed', error: 'codes_limit_exceeded' });
  });
});

/** Creates a job of 100,000 codes with a live run, one second after its last slice. `columns` overrides columns. */
async function runningJob(given: { name?: string; columns?: string } = {}): Promise<{ id: string; promotionId: string }> {
  const { id: promotionId } = await seedPromotion(db, { maxCodes: 1_000_000 });
  const { rows } = await pool.query<{ id: string }>(
    `insert into promotion_jobs (promotion_id, job_type, status, name, number_of_codes, consume_unit, code_length, generated, rate, created_by,
       attempts, run_token, run_seen_at, started_at, updated_at)
     values ($1, 'code_generate', 'processing', $2, 100000, 'per_cart', 8, 25000, 5000, 'me',
       1, gen_random_uuid(), clock_timestamp(), clock_timestamp() - interval '6 s', clock_timestamp() - interval '1 s') returning id`,
    [promotionId, given.name ?? null],
  );
  const id = rows[0]?.id ?? '';
  if (given.columns) await pool.query(`update promotion_jobs set ${given.columns} where id = $1`, [id]);
  return { id, promotionId };
}

describe('a running job in listJobs', () => {
  test('listJobs estimates a running job by its rate and the database clock', async () => {
    const { id, promotionId } = await runningJob();
    const { jobs, capacity } = await list({ promotion_id: promotionId });
    // 75,000 codes take 15 s, and one second has passed.
    expect(jobs[0]).toMatchObject({ progress: { done: 25_000, total: 100_000 }, removal: null });
    expect(jobs[0]?.secondsLeft).toBeCloseTo(14, 0);
    expect(capacity).toMatchObject({ activeJob: { id }, maxCodes: 1_000_000, codeCount: 0 });
  });

  test('listJobs returns no estimate for a running job without a measured rate', async () => {
    const { promotionId } = await runningJob({ columns: `rate = null, started_at = now() - interval '1 hour'` });
    expect((await list({ promotion_id: promotionId })).jobs[0]?.secondsLeft).toBeNull();
  });

  test('listJobs returns for a removal of unused codes whether the promotion has redemptions', async () => {
    const { code, promotionId } = await seedCode(db);
    await createJob(db, actor, promotionId, { job_type: 'code_remove', parameters: { unused: true } });
    const unusedWithoutUses = async () => (await list({ promotion_id: promotionId })).jobs[0]?.unusedWithoutUses;
    expect(await unusedWithoutUses()).toBe(true);
    await redeem(db, actor, redeemInput.parse({ codes: [{ code }] }));
    expect(await unusedWithoutUses()).toBe(false);
  });

  test('listJobs returns the progress of the removal for a job that is being cancelled', async () => {
    const { promotionId } = await runningJob({ columns: `status = 'cancelling', deleted = 15000` });
    const { jobs } = await list({ promotion_id: promotionId });
    expect(jobs[0]).toMatchObject({ progress: { done: 25_000 }, removal: { done: 15_000, total: 25_000 } });
    // 10,000 codes take 2 s, and one second has passed.
    expect(jobs[0]?.secondsLeft).toBeCloseTo(1, 0);
  });

  test('listJobs returns the error and the progress of the removal for a job that is failing', async () => {
    const { promotionId } = await runningJob({ columns: `failing = 'codes_limit_exceeded'` });
    const { jobs } = await list({ promotion_id: promotionId });
    expect(jobs[0]).toMatchObject({ status: 'processing', error: 'codes_limit_exceeded', removal: { done: 0, total: 25_000 } });
  });

  test('listJobs returns the seconds since the last heartbeat of a running job', async () => {
    const { promotionId } = await runningJob({ columns: `run_seen_at = now() - interval '20 s'` });
    expect((await list({ promotion_id: promotionId })).jobs[0]?.secondsSilent).toBeCloseTo(20, 0);
  });
});

describe('the queue position', () => {
  beforeAll(async () => {
    await pool.query(`update promotion_jobs set status = 'failed', error = 'internal', finished_at = now() where finished_at is null`);
  });

  test('the queue position lists waiting jobs in the order of their creation, without ended jobs', async () => {
    const [one, two, three] = await Promise.all([seedPromotion(db), seedPromotion(db), seedPromotion(db)]);
    const first = await createJob(db, actor, one.id, { job_type: 'code_export' });
    const cancelled = await createJob(db, actor, two.id, { job_type: 'code_export' });
    const last = await createJob(db, actor, three.id, { job_type: 'code_export' });
    await cancelJob(db, actor, { promotionId: two.id, jobId: cancelled.id });
    await pool.query(`update promotion_jobs set created_at = created_at - interval '1 minute' where id = $1`, [first.id]);
    expect((await list({ promotion_id: three.id })).queuePosition).toMatchObject({ ids: [first.id, last.id], more: false });
  });

  test('the queue position reports a worker only when one swept the jobs recently or runs a job', async () => {
    const waiting = { status: 'pending' };
    await pool.query(`update installation set jobs_swept_at = now() - interval '1 minute'`);
    expect((await list(waiting)).queuePosition).toMatchObject({ workers: false, running: 0, next: null });
    await pool.query(`update installation set jobs_swept_at = now()`);
    expect((await list(waiting)).queuePosition).toMatchObject({ workers: true, running: 0, next: null });
  });

  test('the queue position names the live job that ends next', async () => {
    await runningJob({ name: 'Slow' });
    await runningJob({ name: 'Export May', columns: 'generated = 90000' });
    const dead = await runningJob({ name: 'Dead', columns: `generated = 99000, run_seen_at = now() - interval '8 s'` });
    const { queuePosition } = await list({ status: 'pending' });
    expect(queuePosition).toMatchObject({ workers: true, running: 2, next: { name: 'Export May' } });
    expect(queuePosition?.next?.secondsLeft).toBeCloseTo(1, 0);
    expect(
      (await list({ promotion_id: dead.promotionId })).queuePosition,
      'a job without a live run has a queue position as well',
    ).not.toBeNull();
    expect((await list({ status: 'completed' })).queuePosition).toBeNull();
  });
});

test('listJobs returns the number of codes of a promotion and the rate of the latest jobs as its capacity', async () => {
  const promotion = await seedPromotion(db, { maxCodes: 500, start: '2026-01-01T00:00:00Z', end: '2028-01-01T00:00:00Z' });
  await seedCodes(db, promotion, 20, 'room');
  const { capacity } = await list({ promotion_id: promotion.id });
  expect(capacity).toMatchObject({
    codeCount: 20,
    maxCodes: 500,
    automatic: false,
    activeJob: null,
    latestEndAbove1000: '2027-01-01T00:00:00.000Z',
  });
  expect(capacity?.codesPerSecond).toBeGreaterThan(0);
});

describe('watchJobs', () => {
  test('watchJobs returns the requested jobs in any state and the active jobs of the actor', async () => {
    const [one, two, three] = await Promise.all([seedPromotion(db), seedPromotion(db), seedPromotion(db)]);
    const ended = await seedCodes(db, one, 3, 'watched');
    const own = await createJob(db, administrator, two.id, { job_type: 'code_export' });
    await createJob(db, actor, three.id, { job_type: 'code_export' });
    const { jobs } = await watchJobs(db, administrator, { ids: [ended, randomUUID()] });
    expect(new Set(jobs.map(({ id }) => id))).toEqual(new Set([ended, own.id]));
  });

  test('watchJobs returns jobs of the actor that started and ended since the previous call', async () => {
    const user = { ...actor, name: 'quick@example.com' };
    const { now } = await watchJobs(db, user, { ids: [] });
    const { id: promotionId } = await seedPromotion(db);
    const { id } = await createJob(db, user, promotionId, { job_type: 'code_export' });
    await db.promotionJob.update({ where: { id }, data: { status: 'failed', error: 'internal', finishedAt: new Date() } });
    expect((await watchJobs(db, user, { ids: [] })).jobs).toEqual([]);
    expect((await watchJobs(db, user, { ids: [], since: now })).jobs).toMatchObject([{ id, status: 'failed' }]);
    expect((await watchJobs(db, actor, { ids: [], since: now })).jobs.map((job) => job.id)).not.toContain(id);
  });
});

describe('a list of 20,000 jobs', () => {
  let one: Promotion;
  beforeAll(async () => {
    one = await seedPromotion(db);
    await seedJobs(one, 20_000);
    await db.$executeRaw`vacuum analyze promotion_jobs`;
  });

  test.each<[string, Record<string, unknown>]>([
    ['for all jobs', {}],
    ['with a rare status', { status: 'cancelled' }],
    ['with a common status', { status: 'completed' }],
    ['with a kind', { job_type: 'code_export' }],
    ['on page 400', { page: 400 }],
  ])('listJobs reads promotion_jobs %s without a sequential scan', async (_, input) => {
    for (const promotion_id of [undefined, one.id]) {
      const plans = await plansOf('promotion_jobs', (watched) => listJobs(watched, actor, listJobsInput.parse({ ...input, promotion_id })));
      expect(plans.length).toBeGreaterThanOrEqual(2);
      for (const plan of plans) expect(plan).not.toContain('Seq Scan on promotion_jobs');
    }
  });

  test('listJobs counts at most 1,000 jobs of each kind and status', async () => {
    const { counts } = await list({ promotion_id: one.id });
    expect(counts.shown).toEqual({ n: 1000, more: true });
    expect(counts.byStatus.find(({ status }) => status === 'cancelled')?.count).toEqual({ n: 0, more: false });
  });

  test('watchJobs reads promotion_jobs without a sequential scan', async () => {
    const plans = await plansOf('promotion_jobs', (watched) =>
      watchJobs(watched, actor, { ids: [randomUUID()], since: new Date().toISOString() }),
    );
    for (const plan of plans) expect(plan).not.toContain('Seq Scan on promotion_jobs');
  });
});

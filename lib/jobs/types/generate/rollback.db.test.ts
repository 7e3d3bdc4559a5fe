import { describe, expect, it } from 'vitest';
import { blockOf } from '#lib/codes/generator/block';
import { createJob } from '#lib/jobs/create';
import { type RollbackEnd, rollback } from '#lib/jobs/engine/rollback';
import { beginFailing, claim, correctCrashCount, type Run, release } from '#lib/jobs/engine/run.sql';
import { watchRun } from '#lib/jobs/engine/watch';
import { removeNewestCodes } from '#lib/jobs/types/generate/rollback.sql';
import type { GenerateSettings } from '#lib/jobs/types/generate/settings';
import { sliceOf, type Written, writeSlice } from '#lib/jobs/types/generate/slice';
import { actor, db, pool } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';

const settings: GenerateSettings = { numberOfCodes: 5, consumeUnit: 'per_cart', maxUsesPerCode: null, codeLength: 8, codePrefix: null };

async function runWith(codes: string[]): Promise<Run> {
  const { id: promotionId } = await seedPromotion(db);
  const parameters = { number_of_codes: 5, consume_unit: 'per_cart', code_length: 8 } as const;
  const run = await claimed((await createJob(db, actor, promotionId, { job_type: 'code_generate', parameters })).id);
  await write(run, codes);
  return run;
}

async function write(run: Run, codes: string[]): Promise<Written> {
  const client = await pool.connect();
  return writeSlice(
    client,
    run,
    settings,
    sliceOf(run, settings, codes.length, { batches: [blockOf(codes)], repeats: [] }),
    () => {},
  ).finally(() => client.release());
}

async function claimed(jobId: string): Promise<Run> {
  const run = await claim(pool, jobId);
  if (!run) throw new Error('the job could not be claimed');
  return run;
}

async function rolledBack(run: Run, leaving = new AbortController().signal): Promise<RollbackEnd | null> {
  const client = await pool.connect();
  const watch = watchRun(pool, run, false, leaving);
  try {
    return await rollback(client, run, watch, removeNewestCodes);
  } finally {
    watch.end();
    client.release();
  }
}

const jobOf = (run: Run) => db.promotionJob.findUniqueOrThrow({ where: { id: run.id } });

describe('rollback of a generating job', () => {
  it('rollback removes all codes of a failed job and stores the error', async () => {
    const run = await runWith(['2222-bbbb', '2222-cccc']);
    await beginFailing(pool, run, 'codes_limit_exceeded');
    expect(await rolledBack(run)).toEqual({ status: 'failed', deleted: 2 });
    expect(await jobOf(run)).toMatchObject({ status: 'failed', error: 'codes_limit_exceeded', generated: 2, deleted: 2 });
    expect(await db.promotionCode.count({ where: { jobId: run.id } })).toBe(0);
  });

  it('rollback continues in the next run, and that run writes no more codes', async () => {
    const first = await runWith(['3333-bbbb', '3333-cccc']);
    await beginFailing(pool, first, 'codes_limit_exceeded');
    expect(await rolledBack(first, AbortSignal.abort())).toBeNull();
    await release(pool, first);
    const second = await claimed(first.id);
    expect(await write(second, ['3333-dddd'])).toBeNull();
    expect(await rolledBack(second)).toEqual({ status: 'failed', deleted: 2 });
    expect(await jobOf(first)).toMatchObject({ error: 'codes_limit_exceeded', crashes: 0 });
  });

  it('rollback ends when a user has already removed one of the codes', async () => {
    const run = await runWith(['4444-bbbb', '4444-cccc', '4444-dddd']);
    await pool.query(`delete from promotion_codes where code = '4444-cccc'`);
    await pool.query(`update promotion_jobs set status = 'cancelling' where id = $1`, [run.id]);
    expect(await rolledBack(run)).toEqual({ status: 'cancelled', deleted: 2 });
    expect(await db.promotionCode.count({ where: { promotionId: run.promotionId } })).toBe(0);
  });

  it('rollback does nothing for a processing job and for a run that was replaced', async () => {
    const stale = await runWith(['5555-bbbb']);
    expect(await rolledBack(stale)).toBeNull();
    await pool.query(`update promotion_jobs set run_seen_at = now() - interval '1 minute' where id = $1`, [stale.id]);
    const run = await claimed(stale.id);
    await beginFailing(pool, run, 'codes_limit_exceeded');
    expect(await rolledBack(stale)).toBeNull();
    expect(await db.promotionCode.count({ where: { jobId: run.id } })).toBe(1);
  });

  it('rollback removes 30,000 codes of a promotion without table statistics', async () => {
    await seedCodes(db, await seedPromotion(db, { maxCodes: 20_000 }), 20_000, 'known');
    await pool.query('analyze promotion_codes');
    const run = await runWith(['6666-bbbb', '6666-cccc']);
    const codes = Array.from({ length: 30_000 }, (_, i) => `7777-${10_000 + i}`);
    await pool.query('update promotions set max_codes = 40000 where id = $1', [run.promotionId]);
    await pool.query('update promotion_jobs set number_of_codes = 40000 where id = $1', [run.id]);
    await write(run, codes);
    await pool.query(`update promotion_jobs set status = 'cancelling' where id = $1`, [run.id]);
    expect(await rolledBack(run)).toEqual({ status: 'cancelled', deleted: 30_002 });
  });
});

it('correctCrashCount removes the crash of a run that was only suspended', async () => {
  const stale = await runWith([]);
  await pool.query(`update promotion_jobs set run_seen_at = now() - interval '1 minute' where id = $1`, [stale.id]);
  expect(await claimed(stale.id)).toMatchObject({ crashes: 1 });
  await correctCrashCount(pool, stale);
  expect(await jobOf(stale)).toMatchObject({ attempts: 2, crashes: 0 });
});

import { PrismaPg } from '@prisma/adapter-pg';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createJob } from '#lib/jobs/create';
import { claim, release } from '#lib/jobs/engine/run.sql';
import { sweepJobs } from '#lib/jobs/engine/sweep/sweep';
import type { CreateJobInput } from '#lib/jobs/schema';
import { actor, db, pool } from '#lib/testing/database';
import { seedPromotion } from '#lib/testing/seed';
import { PrismaClient } from '#prisma/client';

const tenCodes: CreateJobInput = {
  job_type: 'code_generate',
  parameters: { number_of_codes: 10, consume_unit: 'per_cart', code_length: 8 },
};

const statements: string[] = [];
const watched = new PrismaClient({ adapter: new PrismaPg(pool), log: [{ emit: 'event', level: 'query' }] });
watched.$on('query', ({ query }) => statements.push(query));
afterAll(() => watched.$disconnect());

/** Runs one sweep as if the interval had passed, and returns the number of its statements. */
async function sweep(): Promise<number> {
  await pool.query(`update installation set jobs_swept_at = now() - interval '1 minute'`);
  statements.length = 0;
  await sweepJobs(watched);
  return statements.length;
}

const ageByMinute = (id: string) => pool.query(`update promotion_jobs set created_at = now() - interval '1 minute' where id = $1`, [id]);
const deleteEntries = (ids: string[]) => pool.query('delete from pgboss.job where singleton_key = any($1)', [ids]);
const entriesOf = async (ids: string[]) =>
  (await pool.query<{ id: string }>('select singleton_key as id from pgboss.job where singleton_key = any($1)', [ids])).rows.map(
    ({ id }) => id,
  );

async function seedPendingJob(): Promise<string> {
  const { id } = await createJob(db, actor, (await seedPromotion(db)).id, tenCodes);
  await ageByMinute(id);
  return id;
}

/** Jobs without a queue entry that have been pending for a minute. */
async function seedUnqueuedJobs(n: number): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `with owners as (
       insert into promotions (name, promotion_type, schema, start, "end", created_by, updated_by)
       select 'Owner ' || i, 'percent_discount', '{}', now(), now() + interval '1 day', 'me', 'me' from generate_series(1, $1) as i returning id)
     insert into promotion_jobs (promotion_id, job_type, number_of_codes, consume_unit, code_length, created_by, created_at)
     select id, 'code_generate', 10, 'per_cart', 8, 'me', now() - interval '1 minute' from owners returning id`,
    [n],
  );
  return rows.map(({ id }) => id);
}

beforeEach(() => pool.query(`update promotion_jobs set status = 'cancelled', finished_at = now() where finished_at is null`));

test('sweepJobs adds a queue entry for a job without one and keeps the entries of other jobs', async () => {
  const [lost, kept] = [await seedPendingJob(), await seedPendingJob()];
  await deleteEntries([lost]);
  await sweep();
  expect(await entriesOf([lost, kept])).toEqual(expect.arrayContaining([lost, kept]));
  expect(await entriesOf([lost, kept])).toHaveLength(2);
});

test('sweepJobs adds an entry for a job released two seconds ago, and none for a job with a live run', async () => {
  const [released, worked] = [await seedPendingJob(), await seedPendingJob()];
  const run = await claim(pool, released);
  if (run) await release(pool, run);
  await pool.query(`update promotion_jobs set run_seen_at = now() - interval '2 s' where id = $1`, [released]);
  await claim(pool, worked);
  await deleteEntries([released, worked]);
  await sweep();
  expect(await entriesOf([released, worked])).toEqual([released]);
});

test('sweepJobs uses as many statements for thousands of jobs as for one', { timeout: 60_000 }, async () => {
  await seedPendingJob();
  const withoutUnqueued = await sweep();
  await deleteEntries([await seedPendingJob()]);
  const forOne = await sweep();
  const lost = await seedUnqueuedJobs(3_000);
  const forMany = [await sweep(), await sweep(), await sweep()];
  expect(await entriesOf(lost)).toHaveLength(3_000);
  expect(forMany).toEqual([forOne, forOne, forOne]);
  expect(await sweep(), 'all of them have a queue entry').toBe(withoutUnqueued);
});

test('sweepJobs runs in only one of several workers within one interval', async () => {
  const id = await seedPendingJob();
  await sweep();
  await deleteEntries([id]);
  await Promise.all([sweepJobs(db), sweepJobs(db), sweepJobs(db)]);
  expect(await entriesOf([id])).toEqual([]);
  await sweep();
  expect(await entriesOf([id])).toEqual([id]);
});

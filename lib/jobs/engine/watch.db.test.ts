import { afterEach, describe, expect, it } from 'vitest';
import { createJob } from '#lib/jobs/create';
import { claim, type Run } from '#lib/jobs/engine/run.sql';
import { type Watch, watchRun } from '#lib/jobs/engine/watch';
import { actor, db, pool } from '#lib/testing/database';
import { eventually } from '#lib/testing/eventually';
import { seedPromotion } from '#lib/testing/seed';

const codes = { job_type: 'code_generate', parameters: { number_of_codes: 5, consume_unit: 'per_cart', code_length: 8 } } as const;
const watches: Watch[] = [];

afterEach(() => {
  for (const watch of watches.splice(0)) watch.end();
});

async function watchedRun(input: typeof codes | { job_type: 'code_export' }): Promise<{ run: Run; watch: Watch }> {
  const { id } = await createJob(db, actor, (await seedPromotion(db)).id, input);
  const run = await claim(pool, id);
  if (!run) throw new Error('the job could not be claimed');
  const watch = watchRun(pool, run, input.job_type === 'code_export', new AbortController().signal);
  watches.push(watch);
  return { run, watch };
}

const job = ({ id }: Run) => db.promotionJob.findUniqueOrThrow({ where: { id } });

/** Reports progress in steps of 100 until the job has a rate. Returns the progress, the stored rate and the actual rate. */
async function workUntilRated(run: Run, watch: Watch): Promise<{ done: number; rate: number; actual: number }> {
  const began = performance.now();
  let done = 0;
  watch.reportProgress(done);
  return eventually('a rate', async () => {
    done += 100;
    watch.reportProgress(done);
    const actual = done / ((performance.now() - began) / 1_000);
    await watch.poll();
    const { rate } = await job(run);
    return rate === null ? null : { done, rate, actual };
  });
}

describe('a heartbeat', () => {
  it('a heartbeat stores the rate of the run', async () => {
    const { run, watch } = await watchedRun(codes);
    const { rate, actual } = await workUntilRated(run, watch);
    expect(rate / actual).toBeGreaterThan(0.8);
    expect(rate / actual).toBeLessThan(1.2);
  });

  it('a heartbeat stores no rate from an earlier connection of the run', async () => {
    const { run, watch } = await watchedRun(codes);
    await workUntilRated(run, watch);
    watch.closeWhenStalled(() => {});
    await watch.poll();
    expect((await job(run)).rate).toBeNull();
  });

  it('a heartbeat stores how many rows an export has written', async () => {
    const { run, watch } = await watchedRun({ job_type: 'code_export' });
    const { done } = await workUntilRated(run, watch);
    expect((await job(run)).fileRows).toBe(done);
  });
});

import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { addCodes } from '#lib/codes/add';
import { addCodesInput } from '#lib/codes/schema';
import { cancelJob } from '#lib/jobs/cancel';
import { createJob } from '#lib/jobs/create';
import { claim } from '#lib/jobs/engine/run.sql';
import { watchRun } from '#lib/jobs/engine/watch';
import { work } from '#lib/jobs/engine/work';
import type { CreateJobInput } from '#lib/jobs/schema';
import { serializeJob } from '#lib/jobs/serialize';
import { jobHandlers } from '#lib/jobs/types/handlers';
import { removeHandler } from '#lib/jobs/types/remove/handler';
import { redeem } from '#lib/redemptions/redeem';
import { rollBackRedemption } from '#lib/redemptions/rollback';
import { redeemInput } from '#lib/redemptions/schema';
import { actor, db, pool } from '#lib/testing/database';
import { jobIn } from '#lib/testing/jobs';
import { seedCodes, seedPromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';

type Filter = Extract<CreateJobInput, { job_type: 'code_remove' }>['parameters'];

const removal = (parameters: Filter = {}) => ({ job_type: 'code_remove', parameters }) as const;

async function promotionWithCodes(...batches: [prefix: string, n: number][]): Promise<{ promotionId: string; jobIds: string[] }> {
  const { id: promotionId } = await seedPromotion(db, { maxCodes: 1_000_000 });
  const jobIds: string[] = [];
  for (const [prefix, n] of batches) jobIds.push(await seedCodes(db, { id: promotionId }, n, prefix));
  return { promotionId, jobIds };
}

/** Works on the job in this process until it ends, and returns its row. */
async function runJob(jobId: string) {
  await work({ copy: pool, heartbeat: pool }, jobHandlers, jobId, new AbortController().signal);
  return db.promotionJob.findUniqueOrThrow({ where: { id: jobId } });
}

async function runRemoval(promotionId: string, filter: Filter) {
  return runJob((await createJob(db, actor, promotionId, removal(filter))).id);
}

const remainingCodes = async (promotionId: string) =>
  (await db.promotionCode.findMany({ where: { promotionId }, orderBy: { id: 'asc' } })).map(({ code }) => code);

describe('a code_remove job', () => {
  it('a code_remove job without a filter removes all codes of its promotion and none of another', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const { promotionId } = await promotionWithCodes([one, 3]);
    const { promotionId: neighbour } = await promotionWithCodes([other, 2]);
    expect(await runRemoval(promotionId, {})).toMatchObject({ status: 'completed', deleted: 3, total: 3 });
    expect(await remainingCodes(promotionId)).toEqual([]);
    expect(await remainingCodes(neighbour)).toHaveLength(2);
    expect(await db.promotion.findUnique({ where: { id: promotionId } })).toMatchObject({ codeCount: 0 });
  });

  it('a code_remove job with job_id removes only the codes of that job', async () => {
    const [kept, gone] = [randomUUID(), randomUUID()];
    const { promotionId, jobIds } = await promotionWithCodes([kept, 2], [gone, 3]);
    expect(await runRemoval(promotionId, { job_id: jobIds[1] })).toMatchObject({ deleted: 3 });
    expect(await remainingCodes(promotionId)).toEqual([`${kept}-1`, `${kept}-2`]);
  });

  it('a code_remove job with prefix removes codes with this prefix regardless of case', async () => {
    const own = randomUUID().slice(0, 8);
    const { promotionId } = await promotionWithCodes([`May${own}`, 2], [`June${own}`, 1]);
    expect(await runRemoval(promotionId, { prefix: `mAY${own}` })).toMatchObject({ deleted: 2 });
    expect(await remainingCodes(promotionId)).toEqual([`June${own}-1`]);
  });

  it('a code_remove job with unused keeps codes that were used', async () => {
    const own = randomUUID();
    const { promotionId } = await promotionWithCodes([own, 3]);
    await pool.query('update promotion_codes set uses = 0 where promotion_id = $1 and code = $2', [promotionId, `${own}-2`]);
    expect(await runRemoval(promotionId, { unused: true })).toMatchObject({ deleted: 2, total: 2 });
    expect(await remainingCodes(promotionId)).toEqual([`${own}-2`]);
  });

  it('a code_remove job with unused keeps codes with unlimited uses that were redeemed, and removes those whose uses were given back', async () => {
    const [used, givenBack, unused] = [randomUUID(), randomUUID(), randomUUID()];
    const { promotionId } = await promotionWithCodes();
    await addCodes(db, actor, promotionId, addCodesInput.parse({ codes: [used, givenBack, unused].map((code) => ({ code })) }));
    const redeemed = (code: string) => redeem(db, actor, redeemInput.parse({ codes: [{ code }] }));
    await redeemed(used);
    const [row] = await redeemed(givenBack);
    if (!row) throw new Error('nothing was redeemed');
    await rollBackRedemption(db, actor, row, {});
    expect(await runRemoval(promotionId, { unused: true })).toMatchObject({ deleted: 2, total: 2 });
    expect(await remainingCodes(promotionId)).toEqual([used]);
  });

  it('a code_remove job keeps codes that were added after its creation', async () => {
    const own = randomUUID();
    const { promotionId } = await promotionWithCodes([own, 2]);
    const { id } = await createJob(db, actor, promotionId, removal());
    await addCodes(db, actor, promotionId, { codes: [{ code: `later-${own}`, consume_unit: 'per_cart' }] });
    expect(await runJob(id)).toMatchObject({ deleted: 2 });
    expect(await remainingCodes(promotionId)).toEqual([`later-${own}`]);
  });

  it('a code_remove job that selects no codes completes', async () => {
    const { promotionId } = await promotionWithCodes();
    expect(await runRemoval(promotionId, { prefix: 'none' })).toMatchObject({ status: 'completed', deleted: 0, total: 0 });
  });

  it('a code_remove job that is cancelled while it runs keeps the remaining codes and reports both counts', {
    timeout: 60_000,
  }, async () => {
    const { promotionId } = await promotionWithCodes([randomUUID(), 300_000]);
    await using _worker = startWorker();
    const { id } = await createJob(db, actor, promotionId, removal());
    await expect
      .poll(() => db.promotionJob.findUnique({ where: { id } }), { timeout: 30_000 })
      .toMatchObject({ deleted: expect.any(Number) });
    await cancelJob(db, actor, { promotionId, jobId: id });
    const job = await jobIn(db, id, 'cancelled');
    const kept = (await remainingCodes(promotionId)).length;
    expect([Number(job.deleted) + kept, job.total]).toEqual([300_000, 300_000]);
    expect(serializeJob(job)).toMatchObject({ job_type: 'code_remove', meta: { removal: { filter: {}, deleted: job.deleted, kept } } });
  });

  it('the next run finishes a code_remove job of a dead worker', async () => {
    const { promotionId } = await promotionWithCodes([randomUUID(), 5]);
    const { id } = await createJob(db, actor, promotionId, removal());
    // The previous run removed two of five codes and died.
    await pool.query(
      'delete from promotion_codes where promotion_id = $1 and id in (select id from promotion_codes where promotion_id = $1 order by id limit 2)',
      [promotionId],
    );
    await pool.query(
      `update promotion_jobs set status = 'processing', attempts = 1, total = 5, deleted = 2, run_token = gen_random_uuid(),
       run_seen_at = now() - interval '1 minute' where id = $1`,
      [id],
    );
    expect(await runJob(id)).toMatchObject({ status: 'completed', deleted: 5, total: 5, attempts: 2 });
    expect(await remainingCodes(promotionId)).toEqual([]);
  });

  it('a code_remove job keeps the count of its selected codes when its run continues after an outage', async () => {
    const { promotionId } = await promotionWithCodes([randomUUID(), 5]);
    const { id } = await createJob(db, actor, promotionId, removal());
    const run = await claim(pool, id);
    if (!run) throw new Error('the job could not be claimed');
    // The run committed these changes before the outage. The row that it read at its claim has no count.
    await pool.query(
      `delete from promotion_codes where promotion_id = $1 and id in
         (select id from promotion_codes where promotion_id = $1 order by id limit 2)`,
      [promotionId],
    );
    await pool.query('update promotion_jobs set total = 5, deleted = 2 where id = $1', [id]);
    const watch = watchRun(pool, run, false, new AbortController().signal);
    const client = await pool.connect();
    try {
      expect(await removeHandler.run(client, run, watch)).toEqual({ kind: 'completed' });
    } finally {
      watch.end();
      client.release();
    }
    expect(await db.promotionJob.findUnique({ where: { id } })).toMatchObject({ status: 'completed', deleted: 5, total: 5 });
  });

  it('createJob rejects a code_remove job for an automatic promotion', async () => {
    const { id } = await seedPromotion(db, { automatic: true });
    await expect(createJob(db, actor, id, removal())).rejects.toMatchObject({ status: 422 });
  });
});

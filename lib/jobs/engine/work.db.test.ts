import { expect, it } from 'vitest';
import { connect } from '#lib/db';
import { createJob } from '#lib/jobs/create';
import { work } from '#lib/jobs/engine/work';
import { jobHandlers } from '#lib/jobs/types/handlers';
import { actor, databaseUrl, db, pool } from '#lib/testing/database';
import { eventually } from '#lib/testing/eventually';
import { jobPast } from '#lib/testing/jobs';
import { seedPromotion } from '#lib/testing/seed';

it('work does not count its run as crashed when the queue reassigns the job before the run reads its row', async () => {
  const promotion = await seedPromotion(db, { maxCodes: 1_000_000 });
  const { id } = await createJob(db, actor, promotion.id, {
    job_type: 'code_generate',
    parameters: { number_of_codes: 1_000_000, consume_unit: 'per_cart', code_length: 8 },
  });
  const [copy, heartbeat] = [connect(databaseUrl, 1), connect(databaseUrl, 1, { connectionTimeoutMillis: 30_000 })];
  const queue = new AbortController();
  const run = work({ copy: copy.pool, heartbeat: heartbeat.pool }, jobHandlers, id, queue.signal);
  await jobPast(db, id, 1);
  // While the test holds the only connection for heartbeats, the run cannot read the state of its job.
  const heldConnection = await heartbeat.pool.connect();
  queue.abort();
  await eventually('the end of the work', async () => copy.pool.idleCount === 1);
  // The effect of a claim by another worker on a run without a heartbeat.
  await pool.query('update promotion_jobs set run_token = gen_random_uuid(), attempts = 2, crashes = 1 where id = $1', [id]);
  heldConnection.release();
  await run;
  expect(await db.promotionJob.findUniqueOrThrow({ where: { id } })).toMatchObject({ status: 'processing', attempts: 2, crashes: 0 });
  await Promise.all([copy.close(), heartbeat.close()]);
});

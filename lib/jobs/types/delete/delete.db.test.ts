import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { config } from '#lib/config';
import { cancelJob } from '#lib/jobs/cancel';
import { createJob } from '#lib/jobs/create';
import { claim } from '#lib/jobs/engine/run.sql';
import { sweepJobs } from '#lib/jobs/engine/sweep/sweep';
import { watchRun } from '#lib/jobs/engine/watch';
import { work } from '#lib/jobs/engine/work';
import { rerunJob } from '#lib/jobs/rerun';
import { serializeJob } from '#lib/jobs/serialize';
import { deleteHandler } from '#lib/jobs/types/delete/handler';
import { jobHandlers } from '#lib/jobs/types/handlers';
import { deletePromotion } from '#lib/promotions/deletion/delete';
import { promotionLimits } from '#lib/promotions/schema';
import { actor, db, pool } from '#lib/testing/database';
import { seedDeletion } from '#lib/testing/deletion';
import { seedCodes, seedPromotion } from '#lib/testing/seed';

const many = promotionLimits.codesDeletedAtOnce + 1;

beforeAll(() => mkdir(config().storageDir, { recursive: true }));

/** Works on the job in this process until the run ends, and returns the job's row. */
async function runJob(jobId: string) {
  await work({ copy: pool, heartbeat: pool }, jobHandlers, jobId, new AbortController().signal);
  return db.promotionJob.findUniqueOrThrow({ where: { id: jobId } });
}

const remainingRows = async (promotionId: string) => ({
  promotions: await db.promotion.count({ where: { id: promotionId } }),
  codes: await db.promotionCode.count({ where: { promotionId } }),
  versions: await db.promotionVersion.count({ where: { promotionId } }),
  jobs: (await db.promotionJob.findMany({ where: { promotionId } })).map(({ jobType }) => jobType),
});
const onlyTheDeletion = { promotions: 0, codes: 0, versions: 0, jobs: ['promotion_delete'] };

/** Moves the time of the next retry to now. */
const skipPause = (jobId: string) => pool.query('update promotion_jobs set retry_at = now() where id = $1', [jobId]);

/** Creates a completed export and returns the path of its file, which does not exist yet. */
async function seedExport(promotionId: string): Promise<{ file: string }> {
  const { id } = await createJob(db, actor, promotionId, { job_type: 'code_export' });
  const fileKey = `${id}.${randomUUID()}.csv`;
  await db.promotionJob.update({
    where: { id },
    data: { status: 'completed', finishedAt: new Date(), fileKey, fileRows: 0, fileBytes: 0, fileSha256: '0'.repeat(64) },
  });
  return { file: join(config().storageDir, fileKey) };
}

describe('a promotion_delete job', () => {
  it('a promotion_delete job deletes the codes, versions, jobs and files of its promotion and keeps its name', async () => {
    const { id: promotionId, name } = await seedPromotion(db, { maxCodes: 1_000_000 });
    await seedCodes(db, { id: promotionId }, many, randomUUID());
    const { file } = await seedExport(promotionId);
    await writeFile(file, 'code\r\n');
    const { job_id } = await deletePromotion(db, actor, { promotionId });
    const job = await runJob(job_id ?? '');
    expect(job).toMatchObject({ status: 'completed', promotionId, promotionName: name, deleted: many, total: many, createdBy: actor.name });
    expect(await remainingRows(promotionId)).toEqual(onlyTheDeletion);
    expect(await readdir(config().storageDir)).not.toContain(file.split('/').at(-1));
    expect(serializeJob(job)).toMatchObject({ job_type: 'promotion_delete', meta: { deletion: { codes: many, deleted: many } } });
  });

  it('the next run finishes a promotion_delete job of a dead worker', async () => {
    const { promotionId, jobId } = await seedDeletion(db, actor);
    await pool.query('delete from promotion_codes where promotion_id = $1 and id % 2 = 0', [promotionId]);
    const removed = many - (await db.promotionCode.count({ where: { promotionId } }));
    await pool.query(
      `update promotion_jobs set status = 'processing', attempts = 1, deleted = $2, run_token = gen_random_uuid(),
       run_seen_at = now() - interval '1 minute' where id = $1`,
      [jobId, removed],
    );
    expect(await runJob(jobId)).toMatchObject({ status: 'completed', deleted: many, attempts: 2 });
    expect(await remainingRows(promotionId)).toEqual(onlyTheDeletion);
  });

  it('a promotion_delete run deletes nothing after another run has taken over its job', async () => {
    const { promotionId, jobId } = await seedDeletion(db, actor);
    const run = await claim(pool, jobId);
    if (!run) throw new Error('the job could not be claimed');
    await pool.query('update promotion_jobs set run_token = gen_random_uuid() where id = $1', [jobId]);
    const watch = watchRun(pool, run, false, new AbortController().signal);
    const client = await pool.connect();
    try {
      expect(await deleteHandler.run(client, run, watch)).toEqual({ kind: 'stopped' });
    } finally {
      watch.end();
      client.release();
    }
    expect(await remainingRows(promotionId)).toMatchObject({ promotions: 1, codes: many });
  });

  it('cancelJob and rerunJob reject a promotion_delete job', async () => {
    const { promotionId, jobId } = await seedDeletion(db, actor);
    await expect(cancelJob(db, actor, { promotionId, jobId })).rejects.toMatchObject({
      status: 422,
      message: 'Only pending or processing jobs can be cancelled',
    });
    expect(await runJob(jobId)).toMatchObject({ status: 'completed' });
    await expect(rerunJob(db, actor, { promotion_id: promotionId, job_id: jobId })).rejects.toMatchObject({ status: 400 });
  });

  it('the database rejects the statuses failed and cancelled for a promotion_delete job', async () => {
    const { jobId } = await seedDeletion(db, actor);
    for (const end of [{ status: 'failed', error: 'internal' }, { status: 'cancelled' }] as const) {
      const update = db.promotionJob.update({ where: { id: jobId }, data: { ...end, finishedAt: new Date() } });
      await expect(update).rejects.toThrow('promotion_delete_must_complete');
    }
  });
});

describe('a promotion_delete job with an error', () => {
  /** Creates a deletion that fails because a folder is in the place of an export file. */
  async function withUndeletableFile() {
    const { id: promotionId } = await seedPromotion(db, { maxCodes: 1_000_000 });
    await seedCodes(db, { id: promotionId }, many, randomUUID());
    const { file } = await seedExport(promotionId);
    await mkdir(file);
    const { job_id } = await deletePromotion(db, actor, { promotionId });
    return { promotionId, jobId: job_id ?? '', repair: () => rm(file, { recursive: true }) };
  }

  it('a promotion_delete job with an error stores it, is retried after growing pauses, and completes after the repair', async () => {
    const { promotionId, jobId, repair } = await withUndeletableFile();
    const pauses: number[] = [];
    for (let retry = 1; retry <= 3; retry += 1) {
      const job = await runJob(jobId);
      expect(job).toMatchObject({ status: 'processing', retryError: 'internal', retries: retry, runToken: null });
      pauses.push(await pauseOf(jobId));
      await skipPause(jobId);
      // The first run has deleted the codes. The following runs make no progress.
      expect(job.deleted).toBe(many);
    }
    expect(pauses).toEqual([5, 10, 20]);
    await repair();
    expect(await runJob(jobId)).toMatchObject({ status: 'completed', retryError: null, retries: 0 });
    expect(await remainingRows(promotionId)).toEqual(onlyTheDeletion);
  });

  it('a promotion_delete job with an error is retried after at most five minutes', async () => {
    const { jobId, repair } = await withUndeletableFile();
    await runJob(jobId);
    await pool.query('update promotion_jobs set retries = 40, retry_at = now() where id = $1', [jobId]);
    await runJob(jobId);
    expect(await pauseOf(jobId)).toBe(300);
    await repair();
  });

  it('claim and sweepJobs skip a promotion_delete job until the time of its retry', async () => {
    const { jobId, repair } = await withUndeletableFile();
    await runJob(jobId);
    expect(await claim(pool, jobId)).toBeNull();
    expect(await isQueuedBySweep(jobId)).toBe(false);
    await pool.query(
      `update promotion_jobs set retry_at = now() - interval '2 s', created_at = now() - interval '1 minute', run_seen_at = now() - interval '2 s' where id = $1`,
      [jobId],
    );
    expect(await isQueuedBySweep(jobId)).toBe(true);
    await repair();
  });

  it('a promotion_delete job is retried after three dead workers', async () => {
    const { jobId } = await seedDeletion(db, actor);
    await pool.query(`update promotion_jobs set status = 'processing', attempts = 3, crashes = 3 where id = $1`, [jobId]);
    expect(await runJob(jobId)).toMatchObject({ status: 'processing', retryError: 'worker_died', crashes: 0 });
    await skipPause(jobId);
    expect(await runJob(jobId)).toMatchObject({ status: 'completed' });
  });
});

/** Returns the seconds between the last heartbeat and the next retry. */
async function pauseOf(jobId: string): Promise<number> {
  const { rows } = await pool.query<{ seconds: number }>(
    'select extract(epoch from retry_at - run_seen_at)::float8 as seconds from promotion_jobs where id = $1',
    [jobId],
  );
  return Math.round(rows[0]?.seconds ?? 0);
}

/** Returns true when a sweep adds a queue entry for the job. */
async function isQueuedBySweep(jobId: string): Promise<boolean> {
  await pool.query('delete from pgboss.job where singleton_key = $1', [jobId]);
  await pool.query(`update installation set jobs_swept_at = now() - interval '1 minute'`);
  await sweepJobs(db);
  return (await pool.query('select from pgboss.job where singleton_key = $1', [jobId])).rowCount === 1;
}

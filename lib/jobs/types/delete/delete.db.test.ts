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

const beginDeletion = () => seedDeletion(db, actor);

/** Works on the job in this process until the run ends, and returns the job's row. */
async function worked(jobId: string) {
  await work({ copy: pool, heartbeat: pool }, jobHandlers, jobId, new AbortController().signal);
  return db.promotionJob.findUniqueOrThrow({ where: { id: jobId } });
}

const leftOf = async (promotionId: string) => ({
  promotions: await db.promotion.count({ where: { id: promotionId } }),
  codes: await db.promotionCode.count({ where: { promotionId } }),
  versions: await db.promotionVersion.count({ where: { promotionId } }),
  jobs: (await db.promotionJob.findMany({ where: { promotionId } })).map(({ jobType }) => jobType),
});
const onlyTheReceipt = { promotions: 0, codes: 0, versions: 0, jobs: ['promotion_delete'] };

/** Ends the pause of the job now. */
const skipPause = (jobId: string) => pool.query('update promotion_jobs set retry_at = now() where id = $1', [jobId]);

/** A completed export with the file key `file`; the file does not have to exist. */
async function exportOf(promotionId: string): Promise<{ file: string }> {
  const { id } = await createJob(db, actor, promotionId, { job_type: 'code_export' });
  const fileKey = `${id}.${randomUUID()}.csv`;
  await db.promotionJob.update({
    where: { id },
    data: { status: 'completed', finishedAt: new Date(), fileKey, fileRows: 0, fileBytes: 0, fileSha256: '0'.repeat(64) },
  });
  return { file: join(config().storageDir, fileKey) };
}

describe('a promotion_delete job', () => {
  it('a deletion job deletes the codes, versions, jobs and files of the promotion and remains as its receipt', async () => {
    const { id: promotionId, name } = await seedPromotion(db, { maxCodes: 1_000_000 });
    await seedCodes(db, { id: promotionId }, many, randomUUID());
    const { file } = await exportOf(promotionId);
    await writeFile(file, 'code\r\n');
    const { job_id } = await deletePromotion(db, actor, { promotionId });
    const job = await worked(job_id ?? '');
    expect(job).toMatchObject({ status: 'completed', promotionId, promotionName: name, deleted: many, total: many, createdBy: actor.name });
    expect(await leftOf(promotionId)).toEqual(onlyTheReceipt);
    expect(await readdir(config().storageDir)).not.toContain(file.split('/').at(-1));
    expect(serializeJob(job)).toMatchObject({ job_type: 'promotion_delete', meta: { deletion: { codes: many, deleted: many } } });
  });

  it('the next run finishes a deletion job of a dead worker', async () => {
    const { promotionId, jobId } = await beginDeletion();
    await pool.query('delete from promotion_codes where promotion_id = $1 and id % 2 = 0', [promotionId]);
    const removed = many - (await db.promotionCode.count({ where: { promotionId } }));
    await pool.query(
      `update promotion_jobs set status = 'processing', attempts = 1, deleted = $2, run_token = gen_random_uuid(),
       run_seen_at = now() - interval '1 minute' where id = $1`,
      [jobId, removed],
    );
    expect(await worked(jobId)).toMatchObject({ status: 'completed', deleted: many, attempts: 2 });
    expect(await leftOf(promotionId)).toEqual(onlyTheReceipt);
  });

  it('a deletion job deletes nothing in a run that lost the job to another run', async () => {
    const { promotionId, jobId } = await beginDeletion();
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
    expect(await leftOf(promotionId)).toMatchObject({ promotions: 1, codes: many });
  });

  it('a deletion job cannot be cancelled or run again', async () => {
    const { promotionId, jobId } = await beginDeletion();
    await expect(cancelJob(db, actor, { promotionId, jobId })).rejects.toMatchObject({
      status: 422,
      message: 'Only pending or processing jobs can be cancelled',
    });
    expect(await worked(jobId)).toMatchObject({ status: 'completed' });
    await expect(rerunJob(db, actor, { promotion_id: promotionId, job_id: jobId })).rejects.toMatchObject({ status: 400 });
  });

  it('the database rejects the statuses failed and cancelled for a deletion job', async () => {
    const { jobId } = await beginDeletion();
    const ended = { finishedAt: new Date() };
    await expect(db.promotionJob.update({ where: { id: jobId }, data: { status: 'failed', error: 'internal', ...ended } })).rejects.toThrow(
      'promotion_delete_must_complete',
    );
    await expect(db.promotionJob.update({ where: { id: jobId }, data: { status: 'cancelled', ...ended } })).rejects.toThrow(
      'promotion_delete_must_complete',
    );
  });
});

describe('a promotion_delete job that meets an error', () => {
  async function withUndeletableFile() {
    const { id: promotionId } = await seedPromotion(db, { maxCodes: 1_000_000 });
    await seedCodes(db, { id: promotionId }, many, randomUUID());
    const { file } = await exportOf(promotionId);
    await mkdir(file);
    const { job_id } = await deletePromotion(db, actor, { promotionId });
    return { promotionId, jobId: job_id ?? '', repair: () => rm(file, { recursive: true }) };
  }

  it('a deletion job states its error, is retried after growing pauses, and completes when the cause is removed', async () => {
    const { promotionId, jobId, repair } = await withUndeletableFile();
    const pauses: number[] = [];
    for (let time = 1; time <= 3; time += 1) {
      const job = await worked(jobId);
      expect(job).toMatchObject({ status: 'processing', retryError: 'internal', retries: time, runToken: null });
      pauses.push(await pauseOf(jobId));
      await skipPause(jobId);
      // The first run deletes the codes; after that the job makes no progress.
      expect(job.deleted).toBe(many);
    }
    expect(pauses).toEqual([5, 10, 20]);
    await repair();
    expect(await worked(jobId)).toMatchObject({ status: 'completed', retryError: null, retries: 0 });
    expect(await leftOf(promotionId)).toEqual(onlyTheReceipt);
  });

  it('a deletion job pauses for at most five minutes', async () => {
    const { jobId, repair } = await withUndeletableFile();
    await worked(jobId);
    await pool.query('update promotion_jobs set retries = 40, retry_at = now() where id = $1', [jobId]);
    await worked(jobId);
    expect(await pauseOf(jobId)).toBe(300);
    await repair();
  });

  it('a deletion job is not claimed during its pause, and the sweep queues it after the pause', async () => {
    const { jobId, repair } = await withUndeletableFile();
    await worked(jobId);
    expect(await claim(pool, jobId)).toBeNull();
    expect(await queuedAgain(jobId)).toBe(false);
    await pool.query(
      `update promotion_jobs set retry_at = now() - interval '2 s', created_at = now() - interval '1 minute', run_seen_at = now() - interval '2 s' where id = $1`,
      [jobId],
    );
    expect(await queuedAgain(jobId)).toBe(true);
    await repair();
  });

  it('a deletion job is retried also after three dead workers', async () => {
    const { jobId } = await beginDeletion();
    await pool.query(`update promotion_jobs set status = 'processing', attempts = 3, crashes = 3 where id = $1`, [jobId]);
    expect(await worked(jobId)).toMatchObject({ status: 'processing', retryError: 'worker_died', crashes: 0 });
    await skipPause(jobId);
    expect(await worked(jobId)).toMatchObject({ status: 'completed' });
  });
});

async function pauseOf(jobId: string): Promise<number> {
  const { rows } = await pool.query<{ seconds: number }>(
    'select extract(epoch from retry_at - run_seen_at)::float8 as seconds from promotion_jobs where id = $1',
    [jobId],
  );
  return Math.round(rows[0]?.seconds ?? 0);
}

async function queuedAgain(jobId: string): Promise<boolean> {
  await pool.query('delete from pgboss.job where singleton_key = $1', [jobId]);
  await pool.query(`update installation set jobs_swept_at = now() - interval '1 minute'`);
  await sweepJobs(db);
  return (await pool.query('select from pgboss.job where singleton_key = $1', [jobId])).rowCount === 1;
}

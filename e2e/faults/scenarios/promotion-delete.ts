import assert from 'node:assert/strict';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FaultPoint } from '#lib/jobs/engine/fault-point';
import { eventually } from '#lib/testing/eventually';
import { jobIn } from '#lib/testing/jobs';
import { seedCodes } from '#lib/testing/seed';
import { exportJob, generateJob } from '../api.ts';
import { exited, logged, runStarted, secondsUntil, suspended } from '../conditions.ts';
import type { Environment } from '../environment.ts';
import { preload } from '../preload.ts';
import type { Scenario } from '../scenario.ts';

// Three slices, so that a fault can happen in the middle of the job.
const codes = 60_000;

/** Creates a promotion with codes and an export file. Starts a worker for the export and stops it. */
async function promotionWithFile(environment: Environment): Promise<{ promotionId: string; exportId: string }> {
  const promotionId = await environment.promotion();
  const worker = await environment.worker();
  const exportId = await environment.api.create(promotionId, exportJob);
  await jobIn(environment.db, exportId, 'completed', 60_000);
  await worker.stop();
  await seedCodes(environment.db, { id: promotionId }, codes, 'existing');
  return { promotionId, exportId };
}

/** Starts the deletion through the API and returns the id of its job. */
async function beginDeletion({ api, db }: Environment, promotionId: string): Promise<string> {
  await api.deletePromotion(promotionId);
  const { id } = await db.promotionJob.findFirstOrThrow({ where: { promotionId, jobType: 'promotion_delete' } });
  return id;
}

/** The worker kills itself at a fault point. Another worker completes the deletion. The invariants check that nothing is left. */
function killedAt(when: string, point: FaultPoint): Scenario {
  return {
    name: `worker killed in a promotion_delete job ${when}`,
    withinSeconds: 30,
    rounds: 2,
    measuresKills: true,
    async run(environment) {
      const { promotionId } = await promotionWithFile(environment);
      const worker = await environment.worker({ FAULT_POINT: `${point}:1:SIGKILL` });
      const jobId = await beginDeletion(environment, promotionId);
      await exited(worker);
      const seconds = await secondsUntil(Promise.all([environment.worker(), runStarted(environment, jobId, 2)]));
      const { deleted } = await jobIn(environment.db, jobId, 'completed', 60_000);
      assert(deleted === codes, `the job reports ${deleted} deleted codes; expected ${codes}`);
      return [seconds];
    },
  };
}

const suspendedAndReplaced: Scenario = {
  name: 'worker suspended in a promotion_delete job and continued after a takeover',
  withinSeconds: 30,
  rounds: 1,
  async run(environment) {
    const { promotionId } = await promotionWithFile(environment);
    const first = await environment.worker({ FAULT_POINT: 'slice-written:2:SIGSTOP' });
    const jobId = await beginDeletion(environment, promotionId);
    await suspended(first);
    await environment.worker();
    const seconds = await secondsUntil(runStarted(environment, jobId, 2));
    first.process.kill('SIGCONT');
    await logged(first, 'another run holds the job');
    const { deleted } = await jobIn(environment.db, jobId, 'completed', 60_000);
    assert(deleted === codes, `the job reports ${deleted} deleted codes; expected ${codes}`);
    return [seconds];
  },
};

const databaseKilled: Scenario = {
  name: 'PostgreSQL postmaster killed during a promotion_delete job',
  withinSeconds: 30,
  rounds: 1,
  alone: true,
  async run(environment) {
    const { promotionId } = await promotionWithFile(environment);
    const worker = await environment.worker({ FAULT_POINT: 'slice-committed:1:SIGSTOP' });
    const jobId = await beginDeletion(environment, promotionId);
    await suspended(worker);
    await environment.server.kill();
    worker.process.kill('SIGCONT');
    await logged(worker, 'job waits for the database');
    await environment.server.start();
    await eventually('an answer of the database', () => environment.pool.query('select').catch(() => null), 180_000);
    return [await secondsUntil(jobIn(environment.db, jobId, 'completed', 60_000))];
  },
};

/** A folder in the place of a file cannot be removed as a file, on any machine and for any user. */
const undeletableFile: Scenario = {
  name: 'file of an export that a promotion_delete job cannot remove',
  withinSeconds: 60,
  rounds: 1,
  async run(environment) {
    const { promotionId, exportId } = await promotionWithFile(environment);
    const { fileKey } = await environment.db.promotionJob.findUniqueOrThrow({ where: { id: exportId } });
    const file = join(environment.exportsFolder, fileKey ?? '');
    await rm(file);
    await mkdir(file);
    await environment.worker();
    const jobId = await beginDeletion(environment, promotionId);
    const failed = (times: number) =>
      eventually(
        `error ${times}`,
        () =>
          environment.db.promotionJob.findFirst({
            where: { id: jobId, status: 'processing', retries: { gte: times }, retryError: 'internal' },
          }),
        60_000,
      );
    await failed(1);
    await failed(2);
    await rm(file, { recursive: true });
    return [await secondsUntil(jobIn(environment.db, jobId, 'completed', 60_000))];
  },
};

/** Each code has 256 possible values, so that the second job can only complete with codes of the promotion that is being deleted. */
const codesReused: Scenario = {
  name: 'codes of a promotion_delete job reused by a job of another promotion',
  withinSeconds: 60,
  rounds: 2,
  async run(environment) {
    const promotionId = await environment.promotion();
    const requested = 240;
    await seedCodes(environment.db, { id: promotionId }, codes, 'existing');
    const first = await environment.worker(preload('small-code-space'));
    await jobIn(environment.db, await environment.api.create(promotionId, generateJob(requested, 'full')), 'completed', 60_000);
    await first.stop();
    const other = await environment.promotion();
    const deletion = await beginDeletion(environment, promotionId);
    const taking = await environment.api.create(other, generateJob(requested, 'full'));
    await environment.worker({ ...preload('small-code-space'), WORKER_CONCURRENCY: '2' });
    const seconds = await secondsUntil(Promise.all([taking, deletion].map((id) => jobIn(environment.db, id, 'completed', 60_000))));
    assert(
      (await environment.db.promotionCode.count({ where: { promotionId: other } })) === requested,
      'the job has an unexpected number of codes',
    );
    return [seconds];
  },
};

export const promotionDeleteScenarios: Scenario[] = [
  killedAt('before the commit of a slice', 'slice-written'),
  killedAt('after the commit of a slice', 'slice-committed'),
  killedAt('after it removed the files', 'files-removed'),
  suspendedAndReplaced,
  databaseKilled,
  undeletableFile,
  codesReused,
];

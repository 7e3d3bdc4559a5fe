import assert from 'node:assert/strict';
import { eventually } from '#lib/testing/eventually';
import { jobIn } from '#lib/testing/jobs';
import { seedCodes } from '#lib/testing/seed';
import { removeJob } from '../api.ts';
import { exited, secondsUntil, suspended } from '../conditions.ts';
import type { Environment } from '../environment.ts';
import type { Scenario } from '../scenario.ts';

// Three slices, so that a fault can happen in the middle of the job.
const codes = 60_000;

async function promotionWithCodes({ promotion, db }: Environment): Promise<string> {
  const promotionId = await promotion();
  await seedCodes(db, { id: promotionId }, codes, 'existing');
  return promotionId;
}

/** A cancelled job keeps the codes that it has not removed. */
const cancelledWhileRemoving: Scenario = {
  name: 'cancel of a running code_remove job',
  withinSeconds: 30,
  rounds: 2,
  async run(environment) {
    const promotionId = await promotionWithCodes(environment);
    const worker = await environment.worker({ FAULT_POINT: 'between-slices:1:SIGSTOP' });
    const jobId = await environment.api.create(promotionId, removeJob);
    await suspended(worker);
    assert((await environment.api.cancel(promotionId, jobId)) === 'cancelling', 'the job was not running when it was cancelled');
    worker.process.kill('SIGCONT');
    const seconds = await secondsUntil(jobIn(environment.db, jobId, 'cancelled', 60_000));
    const job = await environment.db.promotionJob.findUniqueOrThrow({ where: { id: jobId } });
    const kept = await environment.db.promotionCode.count({ where: { promotionId } });
    assert(
      job.deleted === 25_000 && kept === codes - 25_000,
      `the job removed ${job.deleted} codes and ${kept} are left; expected 25,000 and 35,000`,
    );
    return [seconds];
  },
};

/** A run that takes over a job in the status cancelling ends it and removes no more codes. */
const killedWhileCancelling: Scenario = {
  name: 'worker killed while its code_remove job is being cancelled',
  withinSeconds: 30,
  rounds: 1,
  measuresKills: true,
  async run(environment) {
    const promotionId = await promotionWithCodes(environment);
    const worker = await environment.worker({ FAULT_POINT: 'between-slices:1:SIGSTOP' });
    const jobId = await environment.api.create(promotionId, removeJob);
    await suspended(worker);
    await environment.api.cancel(promotionId, jobId);
    await Promise.all([worker.kill(), exited(worker)]);
    const seconds = await secondsUntil(
      Promise.all([
        environment.worker(),
        eventually('run 2', () => environment.db.promotionJob.findFirst({ where: { id: jobId, attempts: 2 } }), 60_000),
      ]),
    );
    const { deleted } = await jobIn(environment.db, jobId, 'cancelled', 60_000);
    assert(deleted === 25_000, `the job removed ${deleted} codes; expected 25,000`);
    return [seconds];
  },
};

export const codeRemoveScenarios: Scenario[] = [cancelledWhileRemoving, killedWhileCancelling];

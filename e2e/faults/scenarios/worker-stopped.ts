import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultPoint } from '#lib/jobs/engine/fault-point';
import type { CreateJobInput } from '#lib/jobs/schema';
import { eventually } from '#lib/testing/eventually';
import { jobIn, jobPast } from '#lib/testing/jobs';
import { seedCodes } from '#lib/testing/seed';
import { exportJob, generateJob, manyCodes, removeJob } from '../api.ts';
import { exited, logged, runStarted, secondsUntil, suspended } from '../conditions.ts';
import type { Scenario } from '../scenario.ts';

/** Suspends the worker with SIGSTOP at a fault point until another worker has claimed the job. The first worker then continues and must not change the job. */
function suspendedAt(when: string, point: FaultPoint, input: CreateJobInput): Scenario {
  return {
    name: `worker suspended ${when} and continued after a takeover`,
    withinSeconds: 30,
    rounds: 2,
    async run(environment) {
      const promotionId = await environment.promotion();
      if (input.job_type !== 'code_generate') await seedCodes(environment.db, { id: promotionId }, 30_000, 'existing');
      const first = await environment.worker({ FAULT_POINT: `${point}:1:SIGSTOP` });
      const jobId = await environment.api.create(promotionId, input);
      await suspended(first);
      await environment.worker();
      const seconds = await secondsUntil(runStarted(environment, jobId, 2));
      // In half of the rounds the worker continues during the run that took over, in the other half after it.
      if (environment.random.below(2) === 0) await jobIn(environment.db, jobId, 'completed', 60_000);
      first.process.kill('SIGCONT');
      await logged(first, 'another run holds the job');
      await jobIn(environment.db, jobId, 'completed', 60_000);
      const { crashes } = await environment.db.promotionJob.findUniqueOrThrow({ where: { id: jobId } });
      assert(crashes === 0, `the job counts ${crashes} crashes; expected none`);
      const next = await environment.api.create(await environment.promotion(), generateJob(10));
      await jobIn(environment.db, next, 'completed', 60_000);
      return [seconds];
    },
  };
}

const stoppedBySigterm: Scenario = {
  name: 'worker stopped by SIGTERM in the middle of a job',
  withinSeconds: 3,
  rounds: 3,
  async run(environment) {
    const first = await environment.worker();
    const promotionId = await environment.promotion();
    const jobId = await environment.api.create(promotionId, generateJob(1_000_000));
    await jobPast(environment.db, jobId, 1, 60_000);
    await environment.worker();
    await delay(environment.random.below(1_000));
    first.process.kill('SIGTERM');
    const [exit, takeover] = await Promise.all([secondsUntil(exited(first)), secondsUntil(runStarted(environment, jobId, 2))]);
    assert(exit <= 10, `the exit took ${exit.toFixed(1)} s`);
    assert(first.process.exitCode === 0, `the worker exited with ${first.process.exitCode ?? first.process.signalCode}`);
    await environment.api.cancel(promotionId, jobId);
    return [takeover];
  },
};

const stoppedWhileRemoving: Scenario = {
  name: 'worker stopped by SIGTERM while it removes codes',
  withinSeconds: 3,
  rounds: 1,
  async run(environment) {
    const first = await environment.worker();
    const promotionId = await environment.promotion();
    const jobId = await environment.api.create(promotionId, generateJob(1_000_000));
    await jobPast(environment.db, jobId, environment.size(400_000), 60_000);
    await environment.worker();
    await environment.api.cancel(promotionId, jobId);
    await eventually(
      'the first removed codes',
      () => environment.db.promotionJob.findFirst({ where: { id: jobId, deleted: { gt: 0 } } }),
      60_000,
    );
    first.process.kill('SIGTERM');
    const [exit, takeover] = await Promise.all([secondsUntil(exited(first)), secondsUntil(runStarted(environment, jobId, 2))]);
    assert(exit <= 10, `the exit took ${exit.toFixed(1)} s`);
    await jobIn(environment.db, jobId, 'cancelled', 60_000);
    return [takeover];
  },
};

const cancelledWhileRunning: Scenario = {
  name: 'cancel of a running job of 1,000,000 codes',
  withinSeconds: 35,
  rounds: 2,
  async run(environment) {
    await environment.worker();
    const promotionId = await environment.promotion();
    const requested = environment.size(1_000_000);
    const jobId = await environment.api.create(promotionId, generateJob(requested));
    await jobPast(environment.db, jobId, 25_000 + environment.random.below(requested * 0.7), 120_000);
    const started = performance.now();
    const status = await environment.api.cancel(promotionId, jobId);
    assert(status === 'cancelling', `the cancelled job has the status ${status}; expected cancelling`);
    const answered = (performance.now() - started) / 1000;
    assert(answered <= 1, `the answer to the cancel took ${answered.toFixed(1)} s`);
    const { generated } = await jobIn(environment.db, jobId, 'cancelled', 60_000);
    const seconds = (performance.now() - started) / 1000;
    assert(seconds <= 5 + 30 * (generated / 1_000_000), `removing ${generated} codes took ${seconds.toFixed(1)} s`);
    return [seconds];
  },
};

export const workerStoppedScenarios: Scenario[] = [
  suspendedAt('after the claim', 'claimed', generateJob(manyCodes)),
  suspendedAt('in a slice before the commit', 'slice-written', generateJob(manyCodes)),
  suspendedAt('between two slices', 'between-slices', generateJob(manyCodes)),
  suspendedAt('in a code_remove job before the commit of a slice', 'codes-removed', removeJob),
  suspendedAt('in an export before the file is renamed', 'file-written', exportJob),
  suspendedAt('in an export after the file is renamed', 'file-named', exportJob),
  stoppedBySigterm,
  stoppedWhileRemoving,
  cancelledWhileRunning,
];

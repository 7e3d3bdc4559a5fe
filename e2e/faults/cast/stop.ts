import { setTimeout as delay } from 'node:timers/promises';
import type { FaultPoint } from '#lib/jobs/engine/fault-point';
import type { CreateJobInput } from '#lib/jobs/schema';
import { eventually } from '#lib/testing/eventually';
import { jobIn, jobPast } from '#lib/testing/jobs';
import { makeCodes } from '#lib/testing/seed';
import { anExport, codes, manyCodes } from '../api.ts';
import { type Fault, promise } from '../fault.ts';
import { gone, said, secondsUntil, stopped, takenUp } from '../watch.ts';

/** The worker stands still at a place in the code until another one has its job; then it goes on, and must not do any harm. */
function stoppedAt(where: string, place: FaultPoint, input: CreateJobInput): Fault {
  return {
    name: `worker SIGSTOPped ${where}, continued after a takeover`,
    withinSeconds: 30,
    rounds: 2,
    async play(stage) {
      const promotionId = await stage.promotion();
      if (input.job_type === 'code_export') await makeCodes(stage.db, { id: promotionId }, 20_000, 'made-before');
      const held = await stage.worker({ FAULT_POINT: `${place}:1:SIGSTOP` });
      const jobId = await stage.api.create(promotionId, input);
      await stopped(held);
      await stage.worker();
      const seconds = await secondsUntil(takenUp(stage, jobId, 2));
      // Half of the time it wakes up beside the run that took over, half of the time after it.
      if (stage.random.below(2) === 0) await jobIn(stage.db, jobId, 'completed', 60_000);
      held.process.kill('SIGCONT');
      await said(held, 'this one stops');
      await jobIn(stage.db, jobId, 'completed', 60_000);
      const { crashes } = await stage.db.promotionJob.findUniqueOrThrow({ where: { id: jobId } });
      promise(crashes === 0, `${crashes} workers are said to have died, and none did`);
      const next = await stage.api.create(await stage.promotion(), codes(10));
      await jobIn(stage.db, next, 'completed', 60_000);
      return [seconds];
    },
  };
}

const endedBySigterm: Fault = {
  name: 'worker ended by SIGTERM in the middle of a job',
  withinSeconds: 3,
  rounds: 3,
  async play(stage) {
    const first = await stage.worker();
    const promotionId = await stage.promotion();
    const jobId = await stage.api.create(promotionId, codes(1_000_000));
    await jobPast(stage.db, jobId, 1, 60_000);
    await stage.worker();
    await delay(stage.random.below(1_000));
    first.process.kill('SIGTERM');
    const [exit, takeover] = await Promise.all([secondsUntil(gone(first)), secondsUntil(takenUp(stage, jobId, 2))]);
    promise(exit <= 10, `the exit took ${exit.toFixed(1)} s`);
    promise(first.process.exitCode === 0, `it ended with ${first.process.exitCode ?? first.process.signalCode}`);
    await stage.api.cancel(promotionId, jobId);
    return [takeover];
  },
};

const endedWhileRemoving: Fault = {
  name: 'worker ended by SIGTERM while it removes codes',
  withinSeconds: 3,
  rounds: 1,
  async play(stage) {
    const first = await stage.worker();
    const promotionId = await stage.promotion();
    const jobId = await stage.api.create(promotionId, codes(1_000_000));
    await jobPast(stage.db, jobId, stage.size(400_000), 60_000);
    await stage.worker();
    await stage.api.cancel(promotionId, jobId);
    await eventually(
      'the first codes removed',
      () => stage.db.promotionJob.findFirst({ where: { id: jobId, deleted: { gt: 0 } } }),
      60_000,
    );
    first.process.kill('SIGTERM');
    const [exit, takeover] = await Promise.all([secondsUntil(gone(first)), secondsUntil(takenUp(stage, jobId, 2))]);
    promise(exit <= 10, `the exit took ${exit.toFixed(1)} s`);
    await jobIn(stage.db, jobId, 'cancelled', 60_000);
    return [takeover];
  },
};

const cancelled: Fault = {
  name: 'a cancel of a running job of 1,000,000',
  withinSeconds: 35,
  rounds: 2,
  async play(stage) {
    await stage.worker();
    const promotionId = await stage.promotion();
    const asked = stage.size(1_000_000);
    const jobId = await stage.api.create(promotionId, codes(asked));
    await jobPast(stage.db, jobId, 25_000 + stage.random.below(asked * 0.7), 120_000);
    const started = performance.now();
    const status = await stage.api.cancel(promotionId, jobId);
    promise(status === 'cancelling', `after the cancel it was ${status}`);
    const said = (performance.now() - started) / 1000;
    promise(said <= 1, `the answer to the cancel took ${said.toFixed(1)} s`);
    const { generated } = await jobIn(stage.db, jobId, 'cancelled', 60_000);
    const seconds = (performance.now() - started) / 1000;
    promise(seconds <= 5 + 30 * (generated / 1_000_000), `${generated} codes took ${seconds.toFixed(1)} s`);
    return [seconds];
  },
};

export const stops: Fault[] = [
  stoppedAt('after the claim', 'claimed', codes(manyCodes)),
  stoppedAt('in a slice, before its commit', 'slice-written', codes(manyCodes)),
  stoppedAt('between two slices', 'between-slices', codes(manyCodes)),
  stoppedAt('in an export, before the file has its name', 'file-written', anExport),
  stoppedAt('in an export, after the file has its name', 'file-named', anExport),
  endedBySigterm,
  endedWhileRemoving,
  cancelled,
];

import assert from 'node:assert/strict';
import { jobIn, jobPast } from '#lib/testing/jobs';
import { seedCodes } from '#lib/testing/seed';
import { exportJob, generateJob } from '../api.ts';
import { runStarted, secondsUntil } from '../conditions.ts';
import { preload } from '../preload.ts';
import type { Scenario } from '../scenario.ts';

/**
 * Runs a worker with a wrong clock beside a worker with a correct one. The first worker does not presume the second one dead,
 * does not delete its files, and resumes its job after a kill.
 */
function wrongClock(direction: string, hours: number): Scenario {
  return {
    name: `worker whose clock is one hour ${direction}`,
    withinSeconds: 30,
    rounds: 2,
    async run(environment) {
      const correct = await environment.worker({ WORKER_CONCURRENCY: '1' });
      const exporting = await environment.promotion();
      await seedCodes(environment.db, { id: exporting }, 20_000, 'existing');
      await jobIn(environment.db, await environment.api.create(exporting, exportJob), 'completed', 60_000);
      const large = await environment.api.create(await environment.promotion(), generateJob(environment.size(800_000)));
      await jobPast(environment.db, large, 1, 60_000);
      await environment.worker({ ...preload('wrong-clock'), CLOCK_HOURS: String(hours), WORKER_CONCURRENCY: '1' });
      await jobIn(environment.db, await environment.api.create(exporting, exportJob), 'completed', 60_000);
      const { status, attempts } = await environment.db.promotionJob.findUniqueOrThrow({ where: { id: large } });
      assert(attempts === 1, `the worker with the wrong clock claimed the running job: ${attempts} runs`);
      if (status === 'completed') return [];
      await correct.kill();
      const seconds = await secondsUntil(runStarted(environment, large, 2));
      const { crashes } = await jobIn(environment.db, large, 'completed', 60_000);
      assert(crashes === 1, `the job counts ${crashes} crashes; expected 1`);
      return [seconds];
    },
  };
}

export const workerClockScenarios: Scenario[] = [wrongClock('ahead', 1), wrongClock('behind', -1)];

import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { jobIn, jobPast } from '#lib/testing/jobs';
import { generateJob } from '../api.ts';
import { progressed, runStarted, secondsUntil } from '../conditions.ts';
import type { Environment } from '../environment.ts';
import type { Scenario } from '../scenario.ts';
import { startTcpProxy, type TcpProxy } from '../tcp-proxy.ts';

type FaultInput = { environment: Environment; proxy: TcpProxy; jobId: string };

/** Puts a worker behind a TCP proxy and calls `fault` in the middle of a job. */
function behindProxy(
  name: string,
  withinSeconds: number,
  fault: (input: FaultInput) => Promise<number[]>,
  numberOfCodes = 200_000,
): Scenario {
  return {
    name,
    withinSeconds,
    rounds: 1,
    async run(environment) {
      const proxy = await startTcpProxy(environment.databaseUrl);
      try {
        const worker = await environment.worker({ DATABASE_URL: proxy.databaseUrl });
        const jobId = await environment.api.create(await environment.promotion(), generateJob(environment.size(numberOfCodes)));
        await jobPast(environment.db, jobId, 1, 60_000);
        const seconds = await fault({ environment, proxy, jobId });
        await jobIn(environment.db, jobId, 'completed', 120_000);
        assert(worker.process.exitCode === null, 'the worker exited');
        await environment.settle();
        return seconds;
      } finally {
        await proxy.close();
      }
    },
  };
}

export const networkScenarios: Scenario[] = [
  behindProxy('network with 300 ms of delay in each direction', 60, async ({ environment, proxy, jobId }) => {
    proxy.delay(300);
    return [await secondsUntil(jobIn(environment.db, jobId, 'completed', 120_000))];
  }),
  behindProxy('network that closes all connections six times', 5, async ({ environment, proxy, jobId }) => {
    for (let times = 0; times < 6; times += 1) {
      await delay(environment.random.below(700));
      proxy.disconnect();
    }
    return [await secondsUntil(progressed(environment, [jobId]))];
  }),
  behindProxy('network that drops all data for 15 s', 30, async ({ environment, proxy, jobId }) => {
    proxy.drop();
    await delay(15_000);
    proxy.restore();
    return [await secondsUntil(progressed(environment, [jobId]))];
  }),
  behindProxy(
    'network that drops all data of one of two workers',
    30,
    async ({ environment, proxy, jobId }) => {
      proxy.drop();
      await environment.worker();
      const seconds = await secondsUntil(runStarted(environment, jobId, 2));
      proxy.restore();
      return [seconds];
    },
    400_000,
  ),
  behindProxy(
    'network that drops all data of one of two workers in the middle of a COPY',
    30,
    async ({ environment, proxy, jobId }) => {
      await proxy.dropDuringCopy();
      await environment.worker();
      const seconds = await secondsUntil(progressed(environment, [jobId]));
      proxy.restore();
      return [seconds];
    },
    400_000,
  ),
];

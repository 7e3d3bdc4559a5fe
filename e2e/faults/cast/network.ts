import { setTimeout as delay } from 'node:timers/promises';
import { jobIn, jobPast } from '#lib/testing/jobs';
import { codes } from '../api.ts';
import { type Fault, promise } from '../fault.ts';
import type { Stage } from '../stage.ts';
import { moving, secondsUntil, takenUp } from '../watch.ts';
import { startWire, type Wire } from '../wire.ts';

type Scene = { stage: Stage; wire: Wire; jobId: string };

/** A worker behind a proxy, in the middle of a job; then `fault`. */
function behindWire(name: string, withinSeconds: number, fault: (scene: Scene) => Promise<number[]>, numberOfCodes = 200_000): Fault {
  return {
    name,
    withinSeconds,
    rounds: 1,
    async play(stage) {
      const wire = await startWire(stage.databaseUrl);
      try {
        const worker = await stage.worker({ DATABASE_URL: wire.databaseUrl });
        const jobId = await stage.api.create(await stage.promotion(), codes(stage.size(numberOfCodes)));
        await jobPast(stage.db, jobId, 1, 60_000);
        const seconds = await fault({ stage, wire, jobId });
        await jobIn(stage.db, jobId, 'completed', 120_000);
        promise(worker.process.exitCode === null, 'the worker ended by itself');
        await stage.settle();
        return seconds;
      } finally {
        await wire.close();
      }
    },
  };
}

export const networkFaults: Fault[] = [
  behindWire('a network that takes 300 ms each way', 60, async ({ stage, wire, jobId }) => {
    wire.delay(300);
    return [await secondsUntil(jobIn(stage.db, jobId, 'completed', 120_000))];
  }),
  behindWire('a network that cuts connections again and again', 5, async ({ stage, wire, jobId }) => {
    for (let cuts = 0; cuts < 6; cuts += 1) {
      await delay(stage.random.below(700));
      wire.cut();
    }
    return [await secondsUntil(moving(stage, [jobId]))];
  }),
  behindWire('a network that swallows everything for 15 s', 30, async ({ stage, wire, jobId }) => {
    wire.swallow();
    await delay(15_000);
    wire.heal();
    return [await secondsUntil(moving(stage, [jobId]))];
  }),
  behindWire(
    'a network that swallows everything of one worker, with another beside it',
    30,
    async ({ stage, wire, jobId }) => {
      wire.swallow();
      await stage.worker();
      const seconds = await secondsUntil(takenUp(stage, jobId, 2));
      wire.heal();
      return [seconds];
    },
    400_000,
  ),
  behindWire(
    'a network that swallows everything of one worker in the middle of a COPY, with another beside it',
    30,
    async ({ stage, wire, jobId }) => {
      await wire.swallowInCopy();
      await stage.worker();
      const seconds = await secondsUntil(moving(stage, [jobId]));
      wire.heal();
      return [seconds];
    },
    400_000,
  ),
];

import { jobIn, jobPast } from '#lib/testing/jobs';
import { makeCodes } from '#lib/testing/seed';
import { anExport, codes } from '../api.ts';
import { type Fault, promise } from '../fault.ts';
import { preload } from '../preload.ts';
import { secondsUntil, takenUp } from '../watch.ts';

/**
 * A worker whose clock is wrong beside one whose clock is right: it does not take the other for dead, nor files for
 * old, and takes up what the other leaves behind.
 */
function wrongClock(words: string, hours: number): Fault {
  return {
    name: `a worker's clock an hour ${words}`,
    withinSeconds: 30,
    rounds: 2,
    async play(stage) {
      const right = await stage.worker({ WORKER_CONCURRENCY: '1' });
      const exporting = await stage.promotion();
      await makeCodes(stage.db, { id: exporting }, 20_000, 'made-before');
      await jobIn(stage.db, await stage.api.create(exporting, anExport), 'completed', 60_000);
      const large = await stage.api.create(await stage.promotion(), codes(stage.size(800_000)));
      await jobPast(stage.db, large, 1, 60_000);
      await stage.worker({ ...preload('wrong-clock'), CLOCK_HOURS: String(hours), WORKER_CONCURRENCY: '1' });
      await jobIn(stage.db, await stage.api.create(exporting, anExport), 'completed', 60_000);
      const { status, attempts } = await stage.db.promotionJob.findUniqueOrThrow({ where: { id: large } });
      promise(attempts === 1, `the running job was taken away: ${attempts} runs`);
      if (status === 'completed') return [];
      await right.kill();
      const seconds = await secondsUntil(takenUp(stage, large, 2));
      const { crashes } = await jobIn(stage.db, large, 'completed', 60_000);
      promise(crashes === 1, `${crashes} workers are said to have died, and one did`);
      return [seconds];
    },
  };
}

export const clockFaults: Fault[] = [wrongClock('ahead', 1), wrongClock('behind', -1)];

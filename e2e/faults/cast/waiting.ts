import { eventually } from '#lib/testing/eventually';
import { jobIn } from '#lib/testing/jobs';
import { codes } from '../api.ts';
import type { Fault } from '../fault.ts';
import { secondsUntil } from '../watch.ts';

/** More large jobs than a worker works on at once; whoever comes behind them with a small one must not wait for them all. */
const behindLarge: Fault = {
  name: 'large jobs ahead of a small one',
  withinSeconds: 30,
  rounds: 1,
  async play(stage) {
    await stage.worker();
    const large: { promotionId: string; jobId: string }[] = [];
    for (let n = 0; n < 4; n += 1) {
      const promotionId = await stage.promotion();
      large.push({ promotionId, jobId: await stage.api.create(promotionId, codes(1_000_000)) });
    }
    await eventually('a large job at work', () => stage.db.promotionJob.findFirst({ where: { generated: { gt: 0 } } }), 60_000);
    const small = await stage.api.create(await stage.promotion(), codes(1_000));
    const seconds = await secondsUntil(jobIn(stage.db, small, 'completed', 120_000));
    for (const { promotionId, jobId } of large) await stage.api.cancel(promotionId, jobId);
    return [seconds];
  },
};

export const waitingFaults: Fault[] = [behindLarge];

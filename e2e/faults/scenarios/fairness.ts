import { eventually } from '#lib/testing/eventually';
import { jobIn } from '#lib/testing/jobs';
import { generateJob } from '../api.ts';
import { secondsUntil } from '../conditions.ts';
import type { Scenario } from '../scenario.ts';

/** Creates more large jobs than one worker runs at once, then a small job. The small job does not wait for all large ones. */
const behindLarge: Scenario = {
  name: 'small job behind four large jobs',
  withinSeconds: 30,
  rounds: 1,
  async run(environment) {
    await environment.worker();
    const large: { promotionId: string; jobId: string }[] = [];
    for (let n = 0; n < 4; n += 1) {
      const promotionId = await environment.promotion();
      large.push({ promotionId, jobId: await environment.api.create(promotionId, generateJob(1_000_000)) });
    }
    await eventually('a running large job', () => environment.db.promotionJob.findFirst({ where: { generated: { gt: 0 } } }), 60_000);
    const small = await environment.api.create(await environment.promotion(), generateJob(1_000));
    const seconds = await secondsUntil(jobIn(environment.db, small, 'completed', 120_000));
    for (const { promotionId, jobId } of large) await environment.api.cancel(promotionId, jobId);
    return [seconds];
  },
};

export const fairnessScenarios: Scenario[] = [behindLarge];

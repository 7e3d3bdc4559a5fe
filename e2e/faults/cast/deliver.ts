import { jobIn } from '#lib/testing/jobs';
import { anExport, codes } from '../api.ts';
import { type Fault, promise } from '../fault.ts';
import type { Stage } from '../stage.ts';
import { secondsUntil } from '../watch.ts';

/** Puts a job in the queue once more, past its rule of one entry a job. */
function deliverAgain({ pool }: Stage, jobId: string): Promise<unknown> {
  return pool.query(`insert into pgboss.job (name, data, policy) values ('promotion-jobs', $1, 'standard')`, [{ jobId }]);
}

const twice: Fault = {
  name: 'the same job delivered twice, to two workers at once',
  withinSeconds: 30,
  rounds: 3,
  async play(stage) {
    const jobId = await stage.api.create(await stage.promotion(), stage.random.pick([codes(200_000), anExport]));
    await deliverAgain(stage, jobId);
    await Promise.all([stage.worker(), stage.worker()]);
    const seconds = await secondsUntil(jobIn(stage.db, jobId, 'completed', 60_000));
    const { attempts } = await stage.db.promotionJob.findUniqueOrThrow({ where: { id: jobId } });
    promise(attempts === 1, `${attempts} runs took it up`);
    // And once more when it is over.
    await deliverAgain(stage, jobId);
    return [seconds];
  },
};

const lost: Fault = {
  name: 'the queue forgets a job',
  withinSeconds: 30,
  rounds: 1,
  async play(stage) {
    const jobId = await stage.api.create(await stage.promotion(), codes(10));
    await stage.pool.query(`delete from pgboss.job where singleton_key = $1`, [jobId]);
    await stage.worker();
    return [await secondsUntil(jobIn(stage.db, jobId, 'completed', 60_000))];
  },
};

export const deliveries: Fault[] = [twice, lost];

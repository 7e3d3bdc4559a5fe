import assert from 'node:assert/strict';
import { jobIn } from '#lib/testing/jobs';
import { exportJob, generateJob } from '../api.ts';
import { secondsUntil } from '../conditions.ts';
import type { Environment } from '../environment.ts';
import type { Scenario } from '../scenario.ts';

/** Adds a second queue entry for the job. The queue's own policy allows only one entry per job. */
function deliverAgain({ pool }: Environment, jobId: string): Promise<unknown> {
  return pool.query(`insert into pgboss.job (name, data, policy) values ('promotion-jobs', $1, 'standard')`, [{ jobId }]);
}

const deliveredTwice: Scenario = {
  name: 'queue delivers the same job to two workers at once',
  withinSeconds: 30,
  rounds: 3,
  async run(environment) {
    const jobId = await environment.api.create(await environment.promotion(), environment.random.pick([generateJob(200_000), exportJob]));
    await deliverAgain(environment, jobId);
    await Promise.all([environment.worker(), environment.worker()]);
    const seconds = await secondsUntil(jobIn(environment.db, jobId, 'completed', 60_000));
    const { attempts } = await environment.db.promotionJob.findUniqueOrThrow({ where: { id: jobId } });
    assert(attempts === 1, `${attempts} runs claimed the job; expected 1`);
    // Delivers the job a third time, after its end.
    await deliverAgain(environment, jobId);
    return [seconds];
  },
};

const lostEntry: Scenario = {
  name: 'queue loses the entry of a job',
  withinSeconds: 30,
  rounds: 1,
  async run(environment) {
    const jobId = await environment.api.create(await environment.promotion(), generateJob(10));
    await environment.pool.query(`delete from pgboss.job where singleton_key = $1`, [jobId]);
    await environment.worker();
    return [await secondsUntil(jobIn(environment.db, jobId, 'completed', 60_000))];
  },
};

export const queueScenarios: Scenario[] = [deliveredTwice, lostEntry];

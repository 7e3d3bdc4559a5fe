import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { FaultPoint } from '#lib/jobs/engine/fault-point';
import type { CreateJobInput } from '#lib/jobs/schema';
import { jobIn, jobPast } from '#lib/testing/jobs';
import { seedCodes } from '#lib/testing/seed';
import type { Worker } from '#lib/testing/worker';
import { exportJob, generateJob, manyCodes, removeJob } from '../api.ts';
import { exited, removedFromQueue, runStarted, secondsUntil } from '../conditions.ts';
import type { Environment } from '../environment.ts';
import type { Scenario } from '../scenario.ts';

const killed = { withinSeconds: 30, rounds: 2, measuresKills: true } as const;
const resumed = (environment: Environment, jobId: string) => runStarted(environment, jobId, 2);

/** The worker kills itself at a fault point. Another worker resumes and ends the job. */
function killedAt(when: string, point: FaultPoint, input: CreateJobInput, recovered = resumed): Scenario {
  return {
    ...killed,
    name: `worker killed ${when}`,
    async run(environment) {
      const promotionId = await environment.promotion();
      if (input.job_type !== 'code_generate')
        await seedCodes(environment.db, { id: promotionId }, 30_000, environment.random.below(1e6).toString());
      const worker = await environment.worker({ FAULT_POINT: `${point}:1:SIGKILL` });
      const jobId = await environment.api.create(promotionId, input);
      await exited(worker);
      return [await secondsUntil(Promise.all([environment.worker(), recovered(environment, jobId)]))];
    },
  };
}

const killedWhileRemoving: Scenario = {
  ...killed,
  name: 'worker killed while it removes the codes of a cancelled job',
  async run(environment) {
    const promotionId = await environment.promotion();
    const worker = await environment.worker({ FAULT_POINT: 'codes-removed:1:SIGKILL' });
    const jobId = await environment.api.create(promotionId, generateJob(500_000));
    await jobPast(environment.db, jobId, 1, 60_000);
    await environment.api.cancel(promotionId, jobId);
    await exited(worker);
    const seconds = await secondsUntil(Promise.all([environment.worker(), resumed(environment, jobId)]));
    await jobIn(environment.db, jobId, 'cancelled', 60_000);
    return [seconds];
  },
};

const killedAtRandom: Scenario = {
  ...killed,
  name: 'workers killed at random times',
  async run(environment) {
    const { random } = environment;
    const workers = await Promise.all([environment.worker(), environment.worker(), environment.worker()]);
    for (let i = 0; i < 6; i += 1)
      await environment.api.create(await environment.promotion(), i % 3 === 2 ? exportJob : generateJob(manyCodes));
    const killedRuns: { runs: string[]; at: Date }[] = [];
    for (let kills = 0; kills < 5; kills += 1) {
      await delay(random.below(1_500));
      const victim = random.below(workers.length);
      const worker = workers[victim];
      if (!worker) continue;
      await worker.kill();
      killedRuns.push({ runs: runsOf(worker), at: await now(environment) });
      workers[victim] = await environment.worker();
    }
    await environment.settle();
    return (await Promise.all(killedRuns.map((kill) => resumedAfter(environment, kill)))).flat();
  },
};

const killedThreeTimes: Scenario = {
  withinSeconds: 60,
  rounds: 1,
  name: 'worker killed three times by the same job',
  async run(environment) {
    const jobId = await environment.api.create(await environment.promotion(), generateJob(manyCodes));
    for (let time = 1; time <= 3; time += 1) await exited(await environment.worker({ FAULT_POINT: 'slice-committed:1:SIGKILL' }));
    await environment.worker();
    const seconds = await secondsUntil(jobIn(environment.db, jobId, 'failed', 60_000));
    const { error } = await environment.db.promotionJob.findUniqueOrThrow({ where: { id: jobId } });
    assert(error === 'worker_died', `the job failed with the error ${error}; expected worker_died`);
    return [seconds];
  },
};

/** Returns the tokens of the runs in the worker's log. */
function runsOf(worker: Worker): string[] {
  return [...worker.output().matchAll(/"run":"([0-9a-f-]{36})".*"job claimed"/g)].flatMap(([, run]) => run ?? []);
}

async function now({ pool }: Environment): Promise<Date> {
  const { rows } = await pool.query<{ now: Date }>('select clock_timestamp() as now');
  return rows[0]?.now ?? new Date();
}

/** Returns the seconds from a kill to the next run, for each job whose run the kill ended. */
async function resumedAfter({ pool }: Environment, { runs, at }: { runs: string[]; at: Date }): Promise<number[]> {
  const { rows } = await pool.query<{ seconds: number }>(
    `select extract(epoch from min(later.at) - $2)::float8 as seconds
     from job_history held join job_history later on later.job_id = held.job_id and later.at > $2 and later.run_token <> held.run_token
     where held.run_token = any($1::uuid[]) and held.before is distinct from held.after
       and not exists (select from job_history done where done.job_id = held.job_id and done.run_token = held.run_token
                       and done.after in ('completed', 'failed', 'cancelled'))
     group by held.job_id`,
    [runs, at],
  );
  return rows.map(({ seconds }) => seconds);
}

export const workerKilledScenarios: Scenario[] = [
  killedAt('after the claim', 'claimed', generateJob(manyCodes)),
  killedAt('in a slice before the commit', 'slice-written', generateJob(manyCodes)),
  killedAt('in a slice after the commit', 'slice-committed', generateJob(manyCodes)),
  killedAt('between two slices', 'between-slices', generateJob(manyCodes)),
  killedAt('in an export before the file is renamed', 'file-written', exportJob),
  killedAt('in an export after the file is renamed', 'file-named', exportJob),
  killedAt('in a code_remove job before the commit of a slice', 'codes-removed', removeJob),
  killedAt('in a code_remove job between two slices', 'between-slices', removeJob),
  killedAt('before it reports the end of a job to the queue', 'job-ended', generateJob(1_000), removedFromQueue),
  killedWhileRemoving,
  killedAtRandom,
  killedThreeTimes,
];

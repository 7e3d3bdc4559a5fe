import { setTimeout as delay } from 'node:timers/promises';
import type { FaultPoint } from '#lib/jobs/engine/fault-point';
import type { CreateJobInput } from '#lib/jobs/schema';
import { jobIn, jobPast } from '#lib/testing/jobs';
import { makeCodes } from '#lib/testing/seed';
import type { Worker } from '#lib/testing/worker';
import { anExport, codes, manyCodes } from '../api.ts';
import { type Fault, promise } from '../fault.ts';
import type { Stage } from '../stage.ts';
import { forgottenByQueue, gone, secondsUntil, takenUp } from '../watch.ts';

const killed = { withinSeconds: 30, rounds: 2 };
const takenUpAgain = (stage: Stage, jobId: string) => takenUp(stage, jobId, 2);

/** The worker kills itself at a place in the code; another one must take the job up and end it. */
function killedAt(where: string, place: FaultPoint, input: CreateJobInput, again = takenUpAgain): Fault {
  return {
    ...killed,
    name: `worker SIGKILLed ${where}`,
    async play(stage) {
      const promotionId = await stage.promotion();
      if (input.job_type === 'code_export') await makeCodes(stage.db, { id: promotionId }, 20_000, stage.random.below(1e6).toString());
      const doomed = await stage.worker({ FAULT_POINT: `${place}:1:SIGKILL` });
      const jobId = await stage.api.create(promotionId, input);
      await gone(doomed);
      return [await secondsUntil(Promise.all([stage.worker(), again(stage, jobId)]))];
    },
  };
}

const whileRemoving: Fault = {
  ...killed,
  name: 'worker SIGKILLed while it removes the codes of a cancelled job',
  async play(stage) {
    const promotionId = await stage.promotion();
    const doomed = await stage.worker({ FAULT_POINT: 'codes-removed:1:SIGKILL' });
    const jobId = await stage.api.create(promotionId, codes(500_000));
    await jobPast(stage.db, jobId, 1, 60_000);
    await stage.api.cancel(promotionId, jobId);
    await gone(doomed);
    const seconds = await secondsUntil(Promise.all([stage.worker(), takenUpAgain(stage, jobId)]));
    await jobIn(stage.db, jobId, 'cancelled', 60_000);
    return [seconds];
  },
};

const atRandom: Fault = {
  ...killed,
  name: 'workers SIGKILLed at random times',
  async play(stage) {
    const { random } = stage;
    const workers = await Promise.all([stage.worker(), stage.worker(), stage.worker()]);
    for (let i = 0; i < 6; i += 1) await stage.api.create(await stage.promotion(), i % 3 === 2 ? anExport : codes(manyCodes));
    const held: { runs: string[]; at: Date }[] = [];
    for (let kills = 0; kills < 5; kills += 1) {
      await delay(random.below(1_500));
      const victim = random.below(workers.length);
      const worker = workers[victim];
      if (!worker) continue;
      await worker.kill();
      held.push({ runs: runsOf(worker), at: await now(stage) });
      workers[victim] = await stage.worker();
    }
    await stage.settle();
    return (await Promise.all(held.map((kill) => resumedAfter(stage, kill)))).flat();
  },
};

const threeTimes: Fault = {
  withinSeconds: 60,
  rounds: 1,
  name: 'a job that kills its worker three times',
  async play(stage) {
    const jobId = await stage.api.create(await stage.promotion(), codes(manyCodes));
    for (let time = 1; time <= 3; time += 1) await gone(await stage.worker({ FAULT_POINT: 'slice-committed:1:SIGKILL' }));
    await stage.worker();
    const seconds = await secondsUntil(jobIn(stage.db, jobId, 'failed', 60_000));
    const { error } = await stage.db.promotionJob.findUniqueOrThrow({ where: { id: jobId } });
    promise(error === 'worker_died', `it failed without saying that its workers died: ${error}`);
    return [seconds];
  },
};

/** The runs a worker took up, as its log tells. */
function runsOf(worker: Worker): string[] {
  return [...worker.output().matchAll(/"run":"([0-9a-f-]{36})".*"job claimed"/g)].flatMap(([, run]) => run ?? []);
}

async function now({ pool }: Stage): Promise<Date> {
  const { rows } = await pool.query<{ now: Date }>('select clock_timestamp() as now');
  return rows[0]?.now ?? new Date();
}

/** Seconds from a kill to the next run of each job whose run it ended. */
async function resumedAfter({ pool }: Stage, { runs, at }: { runs: string[]; at: Date }): Promise<number[]> {
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

export const kills: Fault[] = [
  killedAt('after the claim', 'claimed', codes(manyCodes)),
  killedAt('in a slice, before its commit', 'slice-written', codes(manyCodes)),
  killedAt('in a slice, after its commit', 'slice-committed', codes(manyCodes)),
  killedAt('between two slices', 'between-slices', codes(manyCodes)),
  killedAt('in an export, before the file has its name', 'file-written', anExport),
  killedAt('in an export, after the file has its name', 'file-named', anExport),
  killedAt('before the queue is told of an end', 'job-ended', codes(1_000), forgottenByQueue),
  whileRemoving,
  atRandom,
  threeTimes,
];

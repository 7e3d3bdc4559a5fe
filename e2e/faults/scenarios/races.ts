import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '#lib/testing/eventually';
import { jobIn } from '#lib/testing/jobs';
import { seedPromotion } from '#lib/testing/seed';
import { cancelPath, generateJob } from '../api.ts';
import { secondsUntil } from '../conditions.ts';
import type { Environment } from '../environment.ts';
import { preload } from '../preload.ts';
import type { Scenario } from '../scenario.ts';

const raceCount = 1_000;
const concurrency = 10;
// Enough codes that a cancel over HTTP can arrive before the job ends.
const codesPerRace = 2_000;

const cancelAgainstCompletion: Scenario = {
  name: `cancel during completion, ${raceCount} times in a full round`,
  withinSeconds: 30,
  rounds: 1,
  async run(environment) {
    const races = environment.size(raceCount);
    await environment.worker({ WORKER_CONCURRENCY: String(concurrency) });
    const lane = async () => {
      const { id } = await seedPromotion(environment.db, { maxCodes: 1_000_000 });
      // Each lane measures how long a job takes on this machine, then adapts, so that cancels arrive shortly before and after the end.
      const first = await environment.api.create(id, generateJob(codesPerRace));
      let afterMs = 1_000 * (await secondsUntil(jobIn(environment.db, first, 'completed', 60_000)));
      for (let n = 0; n < races / concurrency; n += 1) {
        const cancelled = await race(environment, id, afterMs * (0.5 + environment.random.below(1_000) / 1_000));
        afterMs = Math.max(0.1, afterMs * (cancelled ? 1.5 : 0.67));
      }
    };
    await Promise.all(Array.from({ length: concurrency }, lane));
    const ends = await environment.db.promotionJob.groupBy({ by: ['status'], _count: true });
    const count = (status: string) => ends.find((end) => end.status === status)?._count ?? 0;
    const all = races + concurrency;
    assert(count('completed') + count('cancelled') === all, `the jobs ended as ${JSON.stringify(ends)}`);
    assert(
      Math.min(count('completed') - concurrency, count('cancelled')) > races / 20,
      `too few cancels or completions: ${JSON.stringify(ends)}`,
    );
    return [];
  },
};

/** Creates a job and cancels it after `afterMs`. Returns true when the cancel was in time. */
async function race({ api, db }: Environment, promotionId: string, afterMs: number): Promise<boolean> {
  const jobId = await api.create(promotionId, generateJob(codesPerRace));
  await delay(afterMs);
  const { status, text } = await api.call(cancelPath(promotionId, jobId), { body: {} });
  const end = await eventually(
    'the end of the job',
    () => db.promotionJob.findFirst({ where: { id: jobId, finishedAt: { not: null } } }),
    60_000,
  );
  // After a 503, both ends are valid.
  const expected = { 200: 'cancelled', 422: 'completed', 503: end.status }[status];
  assert(end.status === expected, `the job is ${end.status}, but the API answered the cancel with ${status}: ${text}`);
  return end.status === 'cancelled';
}

const fiftyCreates: Scenario = {
  name: 'fifty concurrent creates for one promotion',
  withinSeconds: 30,
  rounds: 3,
  async run(environment) {
    // No worker runs yet, so that the created job cannot end before the last request.
    const promotionId = await environment.promotion();
    const creates = await Promise.allSettled(Array.from({ length: 50 }, () => environment.api.create(promotionId, generateJob(50_000))));
    const created = creates.filter(({ status }) => status === 'fulfilled').length;
    assert(created === 1, `${created} jobs were created; expected 1`);
    await environment.worker();
    return [];
  },
};

const sameCodes: Scenario = {
  name: 'two jobs generate the same codes in opposite order',
  withinSeconds: 60,
  rounds: 2,
  async run(environment) {
    const jobs = await Promise.all([
      environment.api.create(await environment.promotion(), generateJob(100_000)),
      environment.api.create(await environment.promotion(), generateJob(100_000)),
    ]);
    const start = (order: string) => environment.worker({ ...preload('predictable-codes'), CODE_ORDER: order, WORKER_CONCURRENCY: '1' });
    await Promise.all([start('forwards'), start('backwards')]);
    const seconds = await secondsUntil(Promise.all(jobs.map((id) => jobIn(environment.db, id, 'completed', 60_000))));
    const { _sum } = await environment.db.promotionJob.aggregate({ _sum: { duplicatesAvoided: true } });
    assert((_sum.duplicatesAvoided ?? 0) > 50_000, 'the jobs had too few collisions');
    return [seconds];
  },
};

const exhaustedCodeSpace: Scenario = {
  name: 'code space of 256 codes exhausted',
  withinSeconds: 30,
  rounds: 2,
  async run(environment) {
    await environment.worker(preload('small-code-space'));
    const create = async (count: number) => environment.api.create(await environment.promotion(), generateJob(count, 'full'));
    await jobIn(environment.db, await create(240), 'completed', 60_000);
    const tooMany = await create(20);
    const seconds = await secondsUntil(jobIn(environment.db, tooMany, 'failed', 30_000));
    const { error } = await environment.db.promotionJob.findUniqueOrThrow({ where: { id: tooMany } });
    assert(error === 'no_new_codes_left', `the job failed with the error ${error}; expected no_new_codes_left`);
    return [seconds];
  },
};

export const raceScenarios: Scenario[] = [cancelAgainstCompletion, fiftyCreates, sameCodes, exhaustedCodeSpace];

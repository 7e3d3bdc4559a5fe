import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '#lib/testing/eventually';
import { jobIn } from '#lib/testing/jobs';
import { makePromotion } from '#lib/testing/seed';
import { cancelOf, codes } from '../api.ts';
import { type Fault, promise } from '../fault.ts';
import { preload } from '../preload.ts';
import type { Stage } from '../stage.ts';
import { secondsUntil } from '../watch.ts';

const everyRace = 1_000;
const atATime = 10;
// Enough that a cancel, which comes over HTTP, can be there before the end.
const codesOfARace = 2_000;

const cancelAgainstCompletion: Fault = {
  name: `cancel raced against completion, ${everyRace} times in a full round`,
  withinSeconds: 30,
  rounds: 1,
  async play(stage) {
    const races = stage.size(everyRace);
    await stage.worker({ WORKER_CONCURRENCY: String(atATime) });
    const lane = async () => {
      const { id } = await makePromotion(stage.db, { maxCodes: 1_000_000 });
      // Jobs take tens of milliseconds here; each lane learns where the end is, and cancels around it.
      let afterMs = 10;
      for (let n = 0; n < races / atATime; n += 1) {
        const won = await race(stage, id, afterMs * (0.5 + stage.random.below(1_000) / 1_000));
        afterMs = Math.min(400, Math.max(0.1, afterMs * (won ? 1.25 : 0.75)));
      }
    };
    await Promise.all(Array.from({ length: atATime }, lane));
    const ends = await stage.db.promotionJob.groupBy({ by: ['status'], _count: true });
    const count = (status: string) => ends.find((end) => end.status === status)?._count ?? 0;
    promise(count('completed') + count('cancelled') === races, `it ended as ${JSON.stringify(ends)}`);
    promise(Math.min(count('completed'), count('cancelled')) > races / 20, `hardly a race: ${JSON.stringify(ends)}`);
    return [];
  },
};

/** One job, cancelled after so long. Returns whether it was in time. */
async function race({ api, db }: Stage, promotionId: string, afterMs: number): Promise<boolean> {
  const jobId = await api.create(promotionId, codes(codesOfARace));
  await delay(afterMs);
  const { status, text } = await api.ask(cancelOf(promotionId, jobId), { body: {} });
  const end = await eventually(
    'the end of the job',
    () => db.promotionJob.findFirst({ where: { id: jobId, finishedAt: { not: null } } }),
    60_000,
  );
  // An API that is too busy to say promises neither.
  const promised = { 200: 'cancelled', 422: 'completed', 503: end.status }[status];
  promise(end.status === promised, `the job is ${end.status}, and to the cancel the API said ${status}: ${text}`);
  return end.status === 'cancelled';
}

const fiftyAtOnce: Fault = {
  name: '50 creates at once for one promotion',
  withinSeconds: 30,
  rounds: 3,
  async play(stage) {
    // Nobody works on the one that is made, so that it cannot be over before the last of them asks.
    const promotionId = await stage.promotion();
    const creates = await Promise.allSettled(Array.from({ length: 50 }, () => stage.api.create(promotionId, codes(50_000))));
    const made = creates.filter(({ status }) => status === 'fulfilled').length;
    promise(made === 1, `${made} jobs were made`);
    await stage.worker();
    return [];
  },
};

const sameCodes: Fault = {
  name: 'two jobs make the same codes in opposite order',
  withinSeconds: 60,
  rounds: 2,
  async play(stage) {
    const jobs = await Promise.all([
      stage.api.create(await stage.promotion(), codes(100_000)),
      stage.api.create(await stage.promotion(), codes(100_000)),
    ]);
    const start = (order: string) => stage.worker({ ...preload('seeded-codes'), SEEDED_CODES: order, WORKER_CONCURRENCY: '1' });
    await Promise.all([start('forwards'), start('backwards')]);
    const seconds = await secondsUntil(Promise.all(jobs.map((id) => jobIn(stage.db, id, 'completed', 60_000))));
    const { _sum } = await stage.db.promotionJob.aggregate({ _sum: { duplicatesAvoided: true } });
    promise((_sum.duplicatesAvoided ?? 0) > 50_000, 'they hardly met');
    return [seconds];
  },
};

const brim: Fault = {
  name: 'a code space of 256 filled to the brim',
  withinSeconds: 30,
  rounds: 2,
  async play(stage) {
    await stage.worker(preload('few-codes'));
    const make = async (count: number) => stage.api.create(await stage.promotion(), codes(count, 'brim'));
    await jobIn(stage.db, await make(240), 'completed', 60_000);
    const tooMany = await make(20);
    const seconds = await secondsUntil(jobIn(stage.db, tooMany, 'failed', 30_000));
    const { error } = await stage.db.promotionJob.findUniqueOrThrow({ where: { id: tooMany } });
    promise(error?.includes('longer code or another prefix') ?? false, `it failed and said: ${error}`);
    return [seconds];
  },
};

export const raceFaults: Fault[] = [cancelAgainstCompletion, fiftyAtOnce, sameCodes, brim];

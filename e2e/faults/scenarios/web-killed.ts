import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '#lib/testing/eventually';
import { type Answer, generateJob, jobsPath, parseJob } from '../api.ts';
import { apiRecovered, assertDatabaseUnavailable, exited, secondsUntil } from '../conditions.ts';
import { type Environment, webSessions } from '../environment.ts';
import { preload } from '../preload.ts';
import type { Scenario } from '../scenario.ts';

/** Repeats a create with one Idempotency-Key until the API answers, like a client. */
function createUntilAnswered({ api }: Environment, promotionId: string, headers: Record<string, string>): Promise<Answer> {
  const repeatable = [409, 503];
  const create = () => api.call(jobsPath(promotionId), { body: generateJob(100), headers }).catch(() => null);
  return eventually(
    'an answer of the web process',
    async () => {
      const answer = await create();
      return answer && !repeatable.includes(answer.status) ? answer : null;
    },
    60_000,
  );
}

/** Checks that the promotion has one job and that all answers are the same and name this job. */
async function assertOneJob({ db }: Environment, promotionId: string, ...answers: Answer[]): Promise<void> {
  const jobs = await db.promotionJob.findMany({ where: { promotionId }, select: { id: true } });
  assert(jobs.length === 1, `${jobs.length} jobs were created; expected 1`);
  for (const answer of answers) assert(parseJob(answer, 201).id === jobs[0]?.id, `the answer names another job: ${answer.text}`);
  assert(new Set(answers.map(({ text }) => text)).size === 1, 'the same request got different answers');
}

const key = () => ({ 'idempotency-key': randomUUID() });

const killedBeforeAnswer: Scenario = {
  name: 'web process killed between commit and answer of a create that the client repeats',
  withinSeconds: 5,
  rounds: 3,
  async run(environment) {
    await environment.worker();
    const promotionId = await environment.promotion();
    const headers = key();
    const doomed = await environment.restartWeb(preload('kill-before-response'));
    const lost = await environment.api.call(jobsPath(promotionId), { body: generateJob(100), headers }).catch(() => null);
    assert(lost === null, `the killed web process answered: ${lost?.text}`);
    await exited(doomed);
    assert((await environment.db.promotionJob.count({ where: { promotionId } })) === 1, 'the web process was killed before the commit');
    await environment.restartWeb();
    const seconds = await secondsUntil(createUntilAnswered(environment, promotionId, headers));
    const again = [
      await createUntilAnswered(environment, promotionId, headers),
      await createUntilAnswered(environment, promotionId, headers),
    ];
    await assertOneJob(environment, promotionId, ...again);
    return [seconds];
  },
};

const killedAtRandom: Scenario = {
  name: 'web process killed at random times during creates that the client repeats',
  withinSeconds: 30,
  rounds: 2,
  async run(environment) {
    await environment.worker();
    const seconds: number[] = [];
    for (let kills = 0; kills < 3; kills += 1) {
      const requests = await Promise.all(
        Array.from({ length: 5 }, async () => ({ promotionId: await environment.promotion(), headers: key() })),
      );
      const firstAnswers = Promise.all(requests.map(({ promotionId, headers }) => createUntilAnswered(environment, promotionId, headers)));
      await delay(environment.random.below(60));
      seconds.push(await secondsUntil(Promise.all([environment.restartWeb(), firstAnswers])));
      const secondAnswers = await Promise.all(
        requests.map(({ promotionId, headers }) => createUntilAnswered(environment, promotionId, headers)),
      );
      const answers = [await firstAnswers, secondAnswers];
      for (const [n, { promotionId }] of requests.entries())
        await assertOneJob(environment, promotionId, ...answers.flatMap((some) => some[n] ?? []));
    }
    return seconds;
  },
};

/** Requests for a locked row use all connections of the web process. Later requests are answered without waiting for them. */
const poolExhausted: Scenario = {
  name: 'web process with all database connections in use',
  withinSeconds: 5,
  rounds: 1,
  async run(environment) {
    await environment.worker();
    const promotionId = await environment.promotion();
    // Warms up the web process: the first create takes longer.
    await environment.api.create(await environment.promotion(), generateJob(10));
    const waiting = await whileLocked(environment, promotionId, async () => {
      const requests = Array.from({ length: 10 }, () => environment.api.call(jobsPath(promotionId), { body: generateJob(10) }));
      await eventually('ten waiting requests', async () => (await environment.pool.query(waitingSessions)).rows.length === 10, 60_000);
      const late = await Promise.all(Array.from({ length: 5 }, () => environment.api.call(jobsPath(promotionId))));
      for (const answer of late) assertDatabaseUnavailable(answer);
      return requests;
    });
    const seconds = await secondsUntil(apiRecovered(environment, promotionId));
    const created = (await Promise.all(waiting)).filter(({ status }) => status === 201).length;
    assert(created === 1, `${created} jobs were created; expected 1`);
    return [seconds];
  },
};

async function whileLocked<T>({ pool }: Environment, promotionId: string, work: () => Promise<T>): Promise<T> {
  const holder = await pool.connect();
  try {
    await holder.query('begin; set local idle_in_transaction_session_timeout = 0');
    await holder.query('select from promotions where id = $1 for update', [promotionId]);
    return await work();
  } finally {
    await holder.query('rollback');
    holder.release();
  }
}

const waitingSessions = `
  select from pg_stat_activity where datname = current_database() and application_name = '${webSessions}' and wait_event_type = 'Lock'`;

export const webKilledScenarios: Scenario[] = [killedBeforeAnswer, killedAtRandom, poolExhausted];

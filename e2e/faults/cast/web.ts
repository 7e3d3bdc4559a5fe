import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '#lib/testing/eventually';
import { type Answer, codes, jobOf, jobsOf } from '../api.ts';
import { type Fault, promise } from '../fault.ts';
import { preload } from '../preload.ts';
import { type Stage, webSessions } from '../stage.ts';
import { answersAgain, gone, mustBeAway, secondsUntil } from '../watch.ts';

/** Asks for a job under one key, again and again until there is an answer; a client would do the same. */
function insist({ api }: Stage, promotionId: string, headers: Record<string, string>): Promise<Answer> {
  const again = [409, 503];
  const ask = () => api.ask(jobsOf(promotionId), { body: codes(100), headers }).catch(() => null);
  return eventually(
    'an answer of the web',
    async () => {
      const answer = await ask();
      return answer && !again.includes(answer.status) ? answer : null;
    },
    60_000,
  );
}

/** There is one job of the promotion, and the answers are about it and alike. */
async function onlyOne({ db }: Stage, promotionId: string, ...answers: Answer[]): Promise<void> {
  const jobs = await db.promotionJob.findMany({ where: { promotionId }, select: { id: true } });
  promise(jobs.length === 1, `${jobs.length} jobs were made`);
  for (const answer of answers) promise(jobOf(answer, 201).id === jobs[0]?.id, `the answer is of another job: ${answer.text}`);
  promise(new Set(answers.map(({ text }) => text)).size === 1, 'the same question got different answers');
}

const key = () => ({ 'idempotency-key': randomUUID() });

const unanswered: Fault = {
  name: 'web SIGKILLed between commit and answer, asked again under the same Idempotency-Key',
  withinSeconds: 5,
  rounds: 3,
  async play(stage) {
    await stage.worker();
    const promotionId = await stage.promotion();
    const headers = key();
    const doomed = await stage.anotherWeb(preload('unanswered'));
    const lost = await stage.api.ask(jobsOf(promotionId), { body: codes(100), headers }).catch(() => null);
    promise(lost === null, `it was answered: ${lost?.text}`);
    await gone(doomed);
    promise((await stage.db.promotionJob.count({ where: { promotionId } })) === 1, 'it died before the commit');
    await stage.anotherWeb();
    const seconds = await secondsUntil(insist(stage, promotionId, headers));
    const again = [await insist(stage, promotionId, headers), await insist(stage, promotionId, headers)];
    await onlyOne(stage, promotionId, ...again);
    return [seconds];
  },
};

const atRandom: Fault = {
  name: 'web SIGKILLed at random times while jobs are made, asked again under the same Idempotency-Key',
  withinSeconds: 30,
  rounds: 2,
  async play(stage) {
    await stage.worker();
    const seconds: number[] = [];
    for (let kills = 0; kills < 3; kills += 1) {
      const asked = await Promise.all(Array.from({ length: 5 }, async () => ({ promotionId: await stage.promotion(), headers: key() })));
      const firstAnswers = Promise.all(asked.map(({ promotionId, headers }) => insist(stage, promotionId, headers)));
      await delay(stage.random.below(60));
      seconds.push(await secondsUntil(Promise.all([stage.anotherWeb(), firstAnswers])));
      const secondAnswers = await Promise.all(asked.map(({ promotionId, headers }) => insist(stage, promotionId, headers)));
      const answers = [await firstAnswers, secondAnswers];
      for (const [n, { promotionId }] of asked.entries()) await onlyOne(stage, promotionId, ...answers.flatMap((some) => some[n] ?? []));
    }
    return seconds;
  },
};

/** As many calls as the web has connections wait for a row that we hold; whoever comes then must not wait with them. */
const poolEmpty: Fault = {
  name: 'web with all its connections in use',
  withinSeconds: 5,
  rounds: 1,
  async play(stage) {
    await stage.worker();
    const promotionId = await stage.promotion();
    // What is done for the first time takes longer.
    await stage.api.create(await stage.promotion(), codes(10));
    const waiting = await whileHeld(stage, promotionId, async () => {
      const asked = Array.from({ length: 10 }, () => stage.api.ask(jobsOf(promotionId), { body: codes(10) }));
      await eventually('ten calls that wait', async () => (await stage.pool.query(sessionsThatWait)).rows.length === 10, 60_000);
      const late = await Promise.all(Array.from({ length: 5 }, () => stage.api.ask(jobsOf(promotionId))));
      for (const answer of late) mustBeAway(answer);
      return asked;
    });
    const seconds = await secondsUntil(answersAgain(stage, promotionId));
    const made = (await Promise.all(waiting)).filter(({ status }) => status === 201).length;
    promise(made === 1, `${made} jobs were made`);
    return [seconds];
  },
};

async function whileHeld<T>({ pool }: Stage, promotionId: string, work: () => Promise<T>): Promise<T> {
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

const sessionsThatWait = `
  select from pg_stat_activity where datname = current_database() and application_name = '${webSessions}' and wait_event_type = 'Lock'`;

export const webFaults: Fault[] = [unanswered, atRandom, poolEmpty];

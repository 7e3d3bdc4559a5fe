import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '#lib/testing/eventually';
import type { Part } from '#lib/testing/part';
import type { Worker } from '#lib/testing/worker';
import { type Answer, jobsOf } from './api.ts';
import { promise } from './fault.ts';
import type { Stage } from './stage.ts';

/** Seconds that `event` takes from now on. */
export async function secondsUntil(event: Promise<unknown>): Promise<number> {
  const from = performance.now();
  await event;
  return (performance.now() - from) / 1000;
}

/** Resolves when the job was taken up `times` times. */
export function takenUp({ db }: Stage, jobId: string, times: number, withinSeconds = 60): Promise<unknown> {
  const ask = () => db.promotionJob.findFirst({ where: { id: jobId, attempts: { gte: times } }, select: { id: true } });
  return eventually(`run ${times} of the job`, () => ask().catch(() => null), withinSeconds * 1000);
}

/** Resolves when the queue has nothing to do with the job any more. */
export function forgottenByQueue({ pool }: Stage, jobId: string, withinSeconds = 60): Promise<unknown> {
  const waiting = `select from pgboss.job where data ->> 'jobId' = $1 and state in ('created', 'retry', 'active')`;
  return eventually('an end in the queue', async () => (await pool.query(waiting, [jobId])).rowCount === 0, withinSeconds * 1000);
}

/** Resolves when the process has ended. */
export async function gone({ process }: Part): Promise<void> {
  if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
}

/** Resolves when the worker was stopped by a signal, so that nothing in it moves. */
export function stopped({ process }: Worker): Promise<unknown> {
  return eventually('a stopped worker', async () => / T /.test(await readFile(`/proc/${process.pid}/stat`, 'utf8')), 60_000);
}

/** Resolves when the worker has said so. */
export function said(worker: Worker, words: string, withinSeconds = 60): Promise<unknown> {
  return eventually(`a worker to say "${words}"`, async () => worker.output().includes(words), withinSeconds * 1000);
}

/** Resolves when each of the jobs has got on since now, or is over. */
export async function moving({ pool }: Stage, jobIds: string[]): Promise<void> {
  const ask = () =>
    pool.query<{ id: string; generated: number; over: boolean }>(
      'select id, generated, finished_at is not null as over from promotion_jobs where id = any($1::uuid[])',
      [jobIds],
    );
  const first = await eventually('an answer of the database', () => ask().catch(() => null), 60_000);
  const before = new Map(first.rows.map(({ id, generated }) => [id, generated]));
  const moved = async () => (await ask()).rows.every(({ id, generated, over }) => over || generated > (before.get(id) ?? 0));
  await eventually('progress of all jobs', () => moved().catch(() => false), 60_000);
}

const awayWithinSeconds = 2;

/** Throws unless the answer is that the database is away and when to come back, and came soon. */
export function mustBeAway({ status, retryAfter, seconds }: Answer): void {
  promise(status === 503 && Number(retryAfter) > 0, `the web answered ${status} with Retry-After ${retryAfter}`);
  promise(seconds <= awayWithinSeconds, `the web took ${seconds.toFixed(2)} s to say that the database is away`);
}

/** Resolves when the API is well. */
export function answersAgain({ api }: Stage, promotionId: string): Promise<unknown> {
  return eventually('the API to answer', async () => (await api.ask(jobsOf(promotionId))).status === 200, 60_000);
}

/** Asks the API again and again while `work` goes on: it must answer as always, or that the database is away. Returns how often it said so. */
export async function askMeanwhile({ api }: Stage, promotionId: string, work: Promise<unknown>): Promise<number> {
  let over = false;
  let away = 0;
  const end = () => {
    over = true;
  };
  void work.then(end, end);
  while (!over) {
    const answer = await api.ask(jobsOf(promotionId));
    if (answer.status !== 200) {
      mustBeAway(answer);
      away += 1;
    }
    await delay(100);
  }
  await work;
  return away;
}

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '#lib/testing/eventually';
import type { Part } from '#lib/testing/part';
import type { Worker } from '#lib/testing/worker';
import { type Answer, jobsPath } from './api.ts';
import type { Environment } from './environment.ts';

/** Returns the seconds from now until `event` resolves. */
export async function secondsUntil(event: Promise<unknown>): Promise<number> {
  const from = performance.now();
  await event;
  return (performance.now() - from) / 1000;
}

/** Resolves when at least `runs` runs have claimed the job. */
export function runStarted({ db }: Environment, jobId: string, runs: number, withinSeconds = 60): Promise<unknown> {
  const query = () => db.promotionJob.findFirst({ where: { id: jobId, attempts: { gte: runs } }, select: { id: true } });
  return eventually(`run ${runs} of the job`, () => query().catch(() => null), withinSeconds * 1000);
}

/** Resolves when the queue has no unfinished entry for the job. */
export function removedFromQueue({ pool }: Environment, jobId: string, withinSeconds = 60): Promise<unknown> {
  const unfinished = `select from pgboss.job where data ->> 'jobId' = $1 and state in ('created', 'retry', 'active')`;
  return eventually('the end of the queue entry', async () => (await pool.query(unfinished, [jobId])).rowCount === 0, withinSeconds * 1000);
}

/** Resolves when the process has exited. */
export async function exited({ process }: Part): Promise<void> {
  if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
}

/** Resolves when SIGSTOP has suspended the worker. */
export function suspended({ process }: Worker): Promise<unknown> {
  return eventually('a suspended worker', async () => / T /.test(await readFile(`/proc/${process.pid}/stat`, 'utf8')), 60_000);
}

/** Resolves when the worker's log contains `text`. */
export function logged(worker: Worker, text: string, withinSeconds = 60): Promise<unknown> {
  return eventually(`a worker to log "${text}"`, async () => worker.output().includes(text), withinSeconds * 1000);
}

/** Resolves when each job has generated more codes than at the time of the call, or has ended. */
export async function progressed({ pool }: Environment, jobIds: string[]): Promise<void> {
  const query = () =>
    pool.query<{ id: string; generated: number; ended: boolean }>(
      'select id, generated, finished_at is not null as ended from promotion_jobs where id = any($1::uuid[])',
      [jobIds],
    );
  const first = await eventually('an answer of the database', () => query().catch(() => null), 60_000);
  const before = new Map(first.rows.map(({ id, generated }) => [id, generated]));
  const haveProgressed = async () => (await query()).rows.every(({ id, generated, ended }) => ended || generated > (before.get(id) ?? 0));
  await eventually('progress of all jobs', () => haveProgressed().catch(() => false), 60_000);
}

const unavailableWithinSeconds = 2;

/** Throws unless the answer is a 503 with `Retry-After` that came within 2 s. */
export function assertDatabaseUnavailable({ status, retryAfter, seconds }: Answer): void {
  assert(
    status === 503 && Number(retryAfter) > 0,
    `the web process answered ${status} with Retry-After ${retryAfter}, not 503 with a time`,
  );
  assert(seconds <= unavailableWithinSeconds, `the web process needed ${seconds.toFixed(2)} s to answer that the database is unavailable`);
}

/** Resolves when the API answers 200. */
export function apiRecovered({ api }: Environment, promotionId: string): Promise<unknown> {
  return eventually('the API to answer', async () => (await api.call(jobsPath(promotionId))).status === 200, 60_000);
}

/** Calls the API until `work` ends. Each answer must be 200, or a 503 as {@link assertDatabaseUnavailable} expects. Returns the number of 503 answers. */
export async function callApiDuring({ api }: Environment, promotionId: string, work: Promise<unknown>): Promise<number> {
  let ended = false;
  let unavailable = 0;
  const end = () => {
    ended = true;
  };
  void work.then(end, end);
  while (!ended) {
    const answer = await api.call(jobsPath(promotionId));
    if (answer.status !== 200) {
      assertDatabaseUnavailable(answer);
      unavailable += 1;
    }
    await delay(100);
  }
  await work;
  return unavailable;
}

import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { eventually } from '#lib/testing/eventually';
import type { Worker } from '#lib/testing/worker';
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

/** Resolves when the worker has ended. */
export async function gone({ process }: Worker): Promise<void> {
  if (process.exitCode === null && process.signalCode === null) await once(process, 'exit');
}

/** Resolves when the worker was stopped by a signal, so that nothing in it moves. */
export function stopped({ process }: Worker): Promise<unknown> {
  return eventually('a stopped worker', async () => / T /.test(await readFile(`/proc/${process.pid}/stat`, 'utf8')));
}

/** Resolves when the worker has said so. */
export function said(worker: Worker, words: string, withinSeconds = 30): Promise<unknown> {
  return eventually(`a worker to say "${words}"`, async () => worker.output().includes(words), withinSeconds * 1000);
}

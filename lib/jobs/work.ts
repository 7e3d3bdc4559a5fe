import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { exportCodes } from '#lib/jobs/export';
import { faultPoint } from '#lib/jobs/fault-point';
import { classify } from '#lib/jobs/faults';
import { type Ending, generate } from '#lib/jobs/generate';
import { beat, claim, endWithoutCodes, maxCrashes, type Run, release } from '#lib/jobs/run';
import { log } from '#lib/log';

const beatMs = 1_000;
const longestBackoffMs = 2_000;

/** Thrown to the queue when a worker stops before the job is over: the entry goes back at once. */
export class Interrupted extends Error {}

/**
 * Works on one job from its claim to its end. Returns when there is nothing (more) to do here; throws
 * {@link Interrupted} when `stopping` fires first. Passing faults of the database are waited out.
 */
export async function work(pool: Pool, jobId: string, stopping: AbortSignal): Promise<void> {
  const run = await waitOut(stopping, () => claim(pool, jobId));
  if (!run) return;
  faultPoint('claimed');
  const line = log.child({ job: run.id, promotion: run.promotionId, run: run.token });
  line.info({ type: run.jobType, from: run.generated }, 'job taken up');
  const watch = watchRun(pool, run, stopping);
  try {
    const end = await settle(pool, run, watch, line);
    if (end) line.info(end, 'job ended');
    else if (!stopping.aborted) line.warn('the job belongs to another run now; this one stops');
  } finally {
    watch.stop();
  }
  if (stopping.aborted) {
    await release(pool, run).catch((error: unknown) => line.warn({ error }, 'the job could not be given back'));
    throw new Interrupted();
  }
}

type Watch = { signal: AbortSignal; exported: { rows: number | null }; lost(): boolean; stop(): void };

/** Shows signs of life while a run works, and stops the work when its job was cancelled or is another run's. */
function watchRun(pool: Pool, run: Run, stopping: AbortSignal): Watch {
  const halt = new AbortController();
  const exported = { rows: run.jobType === 'code_export' ? 0 : null };
  let lost = false;
  let beating = false;
  const timer = setInterval(async () => {
    if (beating) return;
    beating = true;
    // A beat that fails shows by itself: the work meets the same fault and waits it out.
    const sight = await beat(pool, run, exported.rows).catch(() => null);
    beating = false;
    if (sight === 'lost') lost = true;
    if (sight === 'lost' || sight?.status === 'cancelling') halt.abort();
  }, beatMs);
  return { signal: AbortSignal.any([halt.signal, stopping]), exported, lost: () => lost, stop: () => clearInterval(timer) };
}

type End = { status: string; deleted?: number };

async function settle(pool: Pool, run: Run, watch: Watch, line: typeof log): Promise<End | null> {
  const ending = run.crashes >= maxCrashes ? died() : await attempt(pool, run, watch, line);
  if (ending.kind === 'completed') return { status: 'completed' };
  // Stopped may mean cancelled, another run's or stopping: the row knows, and only a cancelled one is ended here.
  const reason = ending.kind === 'failed' ? ending.reason : null;
  return waitOut(AbortSignal.timeout(600_000), () => withClient(pool, (client) => endWithoutCodes(client, run, reason)), ['53100']);
}

function died(): Ending {
  return {
    kind: 'failed',
    reason: `The worker died ${maxCrashes} times over this job. Ask for fewer codes at once; if it dies again, the log says more.`,
  };
}

/** Works on until an ending that is not a passing fault. What is committed is read anew after each, since a lost answer may have been a commit. */
async function attempt(pool: Pool, run: Run, watch: Watch, line: typeof log): Promise<Ending> {
  for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, longestBackoffMs)) {
    try {
      const sight = await beat(pool, run, null);
      if (sight === 'lost' || watch.signal.aborted) return { kind: 'stopped' };
      run.generated = sight.generated;
      return await withClient(pool, (client) =>
        run.jobType === 'code_generate' ? generate(client, run, watch.signal) : exportCodes(client, run, watch),
      );
    } catch (error) {
      if (watch.signal.aborted) return { kind: 'stopped' };
      const fault = classify(error);
      if (fault.kind === 'final') {
        line.error({ error }, 'job cannot go on');
        return { kind: 'failed', reason: fault.reason };
      }
      line.warn({ error }, 'job waits for the database');
      await delay(waitMs);
    }
  }
}

async function waitOut<T>(until: AbortSignal, step: () => Promise<T>, alsoPassing: string[] = []): Promise<T> {
  for (let waitMs = 100; ; waitMs = Math.min(waitMs * 2, longestBackoffMs)) {
    try {
      return await step();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (until.aborted || (classify(error).kind === 'final' && !alsoPassing.includes(code))) throw error;
      await delay(waitMs);
    }
  }
}

async function withClient<T>(pool: Pool, use: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // Whatever query is running hears of a lost connection too; unheard here, it would end the process.
  const ignore = () => {};
  client.on('error', ignore);
  let broken = true;
  try {
    const result = await use(client);
    broken = false;
    return result;
  } finally {
    // After an error nobody knows what the connection still has open.
    client.off('error', ignore);
    client.release(broken);
  }
}

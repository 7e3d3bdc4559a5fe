import type { Pool } from 'pg';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import { classify } from '#lib/jobs/engine/faults';
import { takeBack } from '#lib/jobs/engine/rollback';
import { beginFailing, claim, denyDeath, maxCrashes, noteAbsence, type Run, release } from '#lib/jobs/engine/run';
import { endSessions } from '#lib/jobs/engine/sessions';
import { backoff, waitOut, withClient } from '#lib/jobs/engine/wait-out';
import { type Watch, watchRun } from '#lib/jobs/engine/watch';
import { exportCodes, exportKey } from '#lib/jobs/types/export/export';
import { type Ending, generate } from '#lib/jobs/types/generate/generate';
import { log, messageOf } from '#lib/log';
import { removeFilesOf } from '#lib/storage';
import type { JobStatus } from '#prisma/enums';

/** Thrown to the queue when a worker stops before the job is over: the entry goes back at once. */
export class Interrupted extends Error {}

/** `bulk` carries codes; `signs`, of other connections with short patience, carries all that must not wait behind them. */
export type Pools = { bulk: Pool; signs: Pool };

type End = { status: JobStatus; deleted?: number };

const workerDied: Ending = { kind: 'failed', error: 'worker_died' };

// The removal of codes needs no room of its own, but the note of it may; there is some as soon as somebody makes it.
const diskFull = '53100';

/**
 * Works on one job from its claim to its end. Returns when there is nothing (more) to do here; throws
 * {@link Interrupted} when `leaving` fires first. Passing faults of the database are waited out.
 */
export async function work({ bulk, signs }: Pools, jobId: string, leaving: AbortSignal): Promise<void> {
  const run = await waitOut(leaving, () => claim(signs, jobId));
  if (!run) return;
  faultPoint('claimed');
  const line = log.child({ job: run.id, promotion: run.promotionId, run: run.token });
  // A line with a status tells that the job came to it, and there is one of each.
  const change = run.attempts === 1 ? { status: 'processing' } : {};
  line.info({ ...change, type: run.jobType, attempt: run.attempts, crashes: run.crashes, generated: run.generated }, 'job taken up');
  const watch = watchRun(signs, run, leaving);
  try {
    const end = await settle(bulk, signs, run, watch, line);
    if (end) {
      line.info(end, 'job ended');
      return await tidyUp(run, end, line);
    }
  } finally {
    watch.end();
  }
  if (!watch.lost() && (await givenBack(signs, run, line))) {
    line.info('job given back, since this worker ends or the queue has given it to another');
    throw new Interrupted();
  }
  await denyDeath(signs, run).catch((error: unknown) => line.warn({ error }, 'the job counts this run as dead'));
  line.warn('the job belongs to another run now, since this one gave no sign of life in time; this one stops');
}

/** False when another run has the job by now: the queue may know that before this run has seen it. */
async function givenBack(signs: Pool, run: Run, line: typeof log): Promise<boolean> {
  try {
    return await release(signs, run);
  } catch (error) {
    line.warn({ error }, 'the job could not be given back');
    return true;
  }
}

/** Of all files that runs of this job began, only that of a completed one stays. */
async function tidyUp(run: Run, { status }: End, line: typeof log): Promise<void> {
  if (run.jobType !== 'code_export') return;
  await removeFilesOf(run.id, status === 'completed' ? exportKey(run) : undefined).catch((error: unknown) =>
    line.warn({ error }, 'what earlier runs left in the export folder stays for now'),
  );
}

/** Works on the job until it has an end, or until the run must leave it: null. */
async function settle(bulk: Pool, signs: Pool, run: Run, watch: Watch, line: typeof log): Promise<End | null> {
  try {
    if (run.attempts > 1) await waitOut(watch.leave, () => endSessions(signs, run.id));
    const ending = run.crashes >= maxCrashes ? workerDied : await attempt(bulk, signs, run, watch, line);
    if (ending.kind === 'completed') return { status: 'completed' };
    if (watch.leave.aborted) return null;
    if (ending.kind === 'failed') {
      line.warn({ reason: ending.error }, 'job fails');
      await waitOut(watch.leave, () => beginFailing(signs, run, ending.error), [diskFull]);
    }
    return await waitOut(watch.leave, () => withClient(bulk, run, watch, (client) => takeBack(client, run, watch)), [diskFull]);
  } catch (error) {
    if (watch.leave.aborted) return null;
    throw error;
  }
}

/** Works on until an ending that is not a passing fault. What is committed is read anew after each, since a lost answer may have been a commit. */
async function attempt(bulk: Pool, signs: Pool, run: Run, watch: Watch, line: typeof log): Promise<Ending> {
  const pause = backoff();
  let waitingSince: number | null = null;
  for (;;) {
    try {
      const sight = await watch.look();
      if (sight === 'lost' || sight.failing || watch.stop.aborted) return { kind: 'stopped' };
      if (sight.status === 'completed') return { kind: 'completed' };
      if (waitingSince !== null) {
        line.info({ generated: sight.generated }, 'job goes on');
        await noteAbsence(signs, run, (performance.now() - waitingSince) / 1_000);
        waitingSince = null;
      }
      run.generated = sight.generated;
      return await withClient(bulk, run, watch, (client) =>
        run.jobType === 'code_generate' ? generate(client, run, watch) : exportCodes(client, run, watch),
      );
    } catch (error) {
      if (watch.stop.aborted) return { kind: 'stopped' };
      const fault = classify(error);
      if (fault.kind === 'final') {
        // A run that was replaced may find its file gone; that is not the job's fault.
        if ((await watch.look().catch(() => null)) === 'lost') return { kind: 'stopped' };
        line.error({ error }, 'job cannot go on');
        return { kind: 'failed', error: fault.error };
      }
      if (waitingSince === null) line.warn({ reason: messageOf(error) }, 'job waits for the database');
      waitingSince ??= performance.now();
      await pause();
    }
  }
}

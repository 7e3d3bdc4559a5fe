import type { Pool } from 'pg';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import { classify } from '#lib/jobs/engine/faults';
import type { Ending, JobHandler, JobHandlers } from '#lib/jobs/engine/handler';
import { backoff, retryTransient } from '#lib/jobs/engine/retry';
import { rollback } from '#lib/jobs/engine/rollback';
import { beginFailing, claim, correctCrashCount, maxCrashes, postpone, type Run, recordOutage, release } from '#lib/jobs/engine/run.sql';
import { terminateSessions, withClient } from '#lib/jobs/engine/sessions.sql';
import { type Watch, watchRun } from '#lib/jobs/engine/watch';
import { log, messageOf } from '#lib/log';
import type { JobStatus } from '#prisma/enums';

/** Thrown when a worker stops before the job has ended. The queue then gives the entry to another worker at once. */
export class Interrupted extends Error {}

/** Connections for codes, and separate connections with short timeouts for statements that must not wait for codes. */
export type Pools = { copy: Pool; heartbeat: Pool };

/** The state that the functions of one run share. */
type Work = { pools: Pools; run: Run; handler: JobHandler; watch: Watch; jobLog: typeof log };

type End = { status: JobStatus; deleted?: number };

/** The result of a run that released its job for a retry after this pause. */
type Postponed = { retryInSeconds: number };

const workerDied: Ending = { kind: 'failed', error: 'worker_died' };

// Removing codes needs no disk space, but recording the removal may. The worker retries until disk space is free.
const diskFull = '53100';

/**
 * Works on one job from its claim to its end. Returns when this worker has nothing more to do for the job, and throws
 * {@link Interrupted} when `leaving` fires first. Retries after transient errors of the database.
 */
export async function work(pools: Pools, handlers: JobHandlers, jobId: string, leaving: AbortSignal): Promise<void> {
  const run = await retryTransient(leaving, () => claim(pools.heartbeat, jobId));
  if (!run) return;
  faultPoint('claimed');
  const jobLog = log.child({ job: run.id, promotion: run.promotionId, run: run.token });
  // The log has one line with `status` for each status that the job reaches.
  const change = run.attempts === 1 ? { status: 'processing' } : {};
  jobLog.info({ ...change, type: run.jobType, attempt: run.attempts, crashes: run.crashes, generated: run.generated }, 'job claimed');
  const handler = handlers[run.jobType];
  const watch = watchRun(pools.heartbeat, run, handler.reportsProgress, leaving);
  const job = { pools, run, handler, watch, jobLog };
  try {
    const end = await settle(job);
    if (end && 'retryInSeconds' in end) return jobLog.warn(end, 'job will be retried');
    if (end) {
      jobLog.info(end, 'job ended');
      return await tidyUp(job, end);
    }
  } finally {
    watch.end();
  }
  if (!watch.lost() && (await releaseJob(job))) {
    jobLog.info('job released: this worker stops, or the queue gave the job to another worker');
    throw new Interrupted();
  }
  await correctCrashCount(pools.heartbeat, run).catch((error: unknown) => jobLog.warn({ error }, 'the job counts this run as crashed'));
  jobLog.warn('run stopped: it sent no heartbeat in time, and another run holds the job');
}

/** Releases the job. Returns false when another run holds it, which the queue may detect before this run does. */
async function releaseJob({ pools, run, jobLog }: Work): Promise<boolean> {
  try {
    return await release(pools.heartbeat, run);
  } catch (error) {
    jobLog.warn({ error }, 'the job could not be released');
    return true;
  }
}

async function tidyUp({ run, handler, jobLog }: Work, { status }: End): Promise<void> {
  await handler
    .tidyUp?.(run, status)
    .catch((error: unknown) => jobLog.warn({ error }, 'files of earlier runs of the job could not be removed'));
}

/** Works on the job until it has ended or is postponed. Returns null when the run must leave the job first. */
async function settle(job: Work): Promise<End | Postponed | null> {
  const { pools, run, handler, watch, jobLog } = job;
  try {
    if (run.attempts > 1) await retryTransient(watch.leave, () => terminateSessions(pools.heartbeat, run.id));
    const ending = run.crashes >= maxCrashes ? workerDied : await attempt(job);
    if (ending.kind === 'completed') return { status: 'completed' };
    if (watch.leave.aborted) return null;
    if (ending.kind === 'failed' && handler.mustComplete) {
      jobLog.warn({ reason: ending.error }, 'job has an error');
      const retryInSeconds = await retryTransient(watch.leave, () => postpone(pools.heartbeat, run, ending.error), [diskFull]);
      return retryInSeconds === null ? null : { retryInSeconds };
    }
    if (ending.kind === 'failed') {
      jobLog.warn({ reason: ending.error }, 'job fails');
      await retryTransient(watch.leave, () => beginFailing(pools.heartbeat, run, ending.error), [diskFull]);
    }
    const end = () => withClient(pools.copy, run, watch, (client) => rollback(client, run, watch, handler.rollback));
    return await retryTransient(watch.leave, end, [diskFull]);
  } catch (error) {
    if (watch.leave.aborted) return null;
    throw error;
  }
}

/**
 * Runs the handler, and retries after transient errors. After each error it reads the committed progress again, because a
 * transaction whose response was lost may have been committed.
 */
async function attempt({ pools, run, handler, watch, jobLog }: Work): Promise<Ending> {
  const pause = backoff();
  let waitingSince: number | null = null;
  for (;;) {
    try {
      const snapshot = await watch.poll();
      if (snapshot === 'lost' || snapshot.failing || watch.stop.aborted) return { kind: 'stopped' };
      if (snapshot.status === 'completed') return { kind: 'completed' };
      if (waitingSince !== null) {
        jobLog.info({ generated: snapshot.generated }, 'job continues');
        await recordOutage(pools.heartbeat, run, (performance.now() - waitingSince) / 1_000);
        waitingSince = null;
      }
      run.generated = snapshot.generated;
      return await withClient(pools.copy, run, watch, (client) => handler.run(client, run, watch));
    } catch (error) {
      if (watch.stop.aborted) return { kind: 'stopped' };
      const fault = classify(error);
      if (fault.kind === 'final') {
        // Another run that took over may have removed the file of this run, which is not an error of the job.
        if ((await watch.poll().catch(() => null)) === 'lost') return { kind: 'stopped' };
        jobLog.error({ error }, 'job cannot continue');
        return { kind: 'failed', error: fault.error };
      }
      if (waitingSince === null) jobLog.warn({ reason: messageOf(error) }, 'job waits for the database');
      waitingSince ??= performance.now();
      await pause();
    }
  }
}

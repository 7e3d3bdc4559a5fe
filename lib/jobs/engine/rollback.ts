import type { PoolClient } from 'pg';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import { fencedTransaction } from '#lib/jobs/engine/fenced.sql';
import type { JobHandler, RolledBack } from '#lib/jobs/engine/handler';
import { recordRollback } from '#lib/jobs/engine/rollback.sql';
import type { Run } from '#lib/jobs/engine/run.sql';
import type { Watch } from '#lib/jobs/engine/watch';
import { isMoving } from '#lib/jobs/status';
import type { JobStatus } from '#prisma/enums';

/** The final status of a failed or cancelled job, and how many of its codes were removed. */
export type RollbackEnd = { status: JobStatus; deleted: number };

// Each step is one short transaction, so that the promotion is never locked for long and a worker that stops loses at most one step.
const codesPerStep = 25_000;

/**
 * Ends a job that fails or is being cancelled. Removes its codes step by step, newest first; the last step makes the status final.
 * Resumes from the committed progress, and writes nothing once another run holds the job. Returns null when the job needs no
 * rollback by this run, or when the run must leave the job first.
 */
export async function rollback(client: PoolClient, run: Run, watch: Watch, step: JobHandler['rollback']): Promise<RollbackEnd | null> {
  const snapshot = await watch.poll();
  if (snapshot === 'lost') return null;
  watch.reportProgress(snapshot.deleted);
  if (snapshot.status === 'processing' && !snapshot.failing) return null;
  let progress: Progress = { ...snapshot, below: null };
  while (isMoving(progress.status)) {
    if (watch.leave.aborted) return null;
    const before = progress;
    const after = await fencedTransaction(client, () => rollbackStep(client, run, step, before));
    if (!after) return null;
    progress = after;
    watch.reportProgress(progress.deleted);
  }
  return { status: progress.status, deleted: progress.deleted };
}

/** The state of a rollback. All codes of the job with a key of at least `below` are removed. */
type Progress = { status: JobStatus; generated: number; deleted: number; below: string | null };

/** Removes and records one step, within a transaction. Returns null when the job no longer belongs to the run. */
async function rollbackStep(client: PoolClient, run: Run, step: JobHandler['rollback'], before: Progress): Promise<Progress | null> {
  const { generated, deleted, below } = before;
  const limit = Math.min(codesPerStep, generated - deleted);
  const removed: RolledBack = step ? await step(client, run, below, limit) : { codes: 0, lowest: null };
  // Fewer codes than the limit: a user removed some of them in the meantime, and none are left.
  const last = !step || removed.codes < limit || deleted + removed.codes === generated;
  const recorded = await recordRollback(client, run, step ? removed.codes : null, last);
  faultPoint('codes-removed');
  return recorded && { ...recorded, below: removed.lowest ?? below };
}

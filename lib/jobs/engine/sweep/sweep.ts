import { transaction } from '#lib/database/transaction';
import type { Database } from '#lib/db';
import { enqueue } from '#lib/jobs/engine/queue';
import { lockUnqueuedJobs, readFileOwners } from '#lib/jobs/engine/sweep/sweep.sql';
import { log, messageOf } from '#lib/log';
import { sweepHolds } from '#lib/redemptions/holds/sweep';
import { mergeCounts } from '#lib/redemptions/usages/counts.sql';
import { exportNames, removeFile } from '#lib/storage';
import { ownsStorage } from '#lib/storage-owner';

const jobsEverySeconds = 2;
const filesEveryMs = 600_000;
const holdsEveryMs = 1_000;
const countsEveryMs = 600_000;

/** Sweeps jobs without a queue entry, leftover files, expired holds and redemption counts at regular intervals until stopped. */
export function startSweeping(db: Database): { stop(): void } {
  const regularly = (name: string, everyMs: number, sweep: (db: Database) => Promise<void>) => {
    let busy = false;
    const now = async () => {
      if (busy) return;
      busy = true;
      await sweep(db).catch((error: unknown) =>
        log.warn({ reason: messageOf(error) }, `the sweep for ${name} failed and will be repeated`),
      );
      busy = false;
    };
    void now();
    return setInterval(now, everyMs);
  };
  const timers = [
    regularly('jobs', jobsEverySeconds * 1_000, sweepJobs),
    regularly('files', filesEveryMs, sweepFiles),
    regularly('holds', holdsEveryMs, sweepHolds),
    regularly('redemption counts', countsEveryMs, mergeCounts),
  ];
  return { stop: () => timers.forEach(clearInterval) };
}

/**
 * Adds a queue entry for each active job that has neither a run nor an entry. pg-boss restores its entries by itself, except when a
 * worker receives a job that another worker is releasing at that moment: it then completes the entry without working on the job.
 * The jobs stay locked until their entries exist, so that an ended job gets no entry.
 */
export async function sweepJobs(db: Database): Promise<void> {
  await transaction(db, async (tx) => {
    const unqueued = await lockUnqueuedJobs(tx, jobsEverySeconds / 2);
    if (unqueued.length > 0) await enqueue(tx, unqueued);
  });
}

/**
 * Removes files that dead runs left in the storage folder: exports that belong to no job and that no active job can be writing.
 * Lists the folder before it reads the jobs, so that the file of a job that ends in between is not removed. Removes nothing unless
 * the folder is marked as this installation's.
 */
export async function sweepFiles(db: Database): Promise<void> {
  const files = await exportNames();
  if (files.length === 0) return;
  if (!(await ownsStorage(db))) throw new Error('the storage folder is not marked as the folder of this installation');
  const jobs = await readFileOwners(
    db,
    files.map(({ jobId }) => jobId),
  );
  const known = new Map(jobs.map((job) => [job.id, job]));
  const leftover = files.filter(({ name, jobId }) => !known.get(jobId)?.active && known.get(jobId)?.fileKey !== name);
  const removals = await Promise.allSettled(leftover.map(({ name }) => removeFile(name)));
  const failed = removals.filter((removal) => removal.status === 'rejected');
  if (failed[0]) throw new Error(`${failed.length} of ${leftover.length} files cannot be removed (${messageOf(failed[0].reason)})`);
}

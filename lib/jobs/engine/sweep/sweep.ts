import { transaction } from '#lib/database/transaction';
import type { Database } from '#lib/db';
import { enqueue } from '#lib/jobs/engine/queue';
import { lockLostJobs, readFileOwners } from '#lib/jobs/engine/sweep/sweep.sql';
import { log, messageOf } from '#lib/log';
import { sweepHolds } from '#lib/redemptions/holds/sweep';
import { mergeCounts } from '#lib/redemptions/usages/counts.sql';
import { exportNames, removeFile } from '#lib/storage';
import { ownsStorage } from '#lib/storage-owner';

const jobsEverySeconds = 2;
const filesEveryMs = 600_000;
const holdsEveryMs = 1_000;
const countsEveryMs = 600_000;

/** Sweeps for lost jobs, leftover files, expired holds and counts of redemptions at regular intervals, until stopped. */
export function startSweeping(db: Database): { stop(): void } {
  const regularly = (what: string, everyMs: number, sweep: (db: Database) => Promise<void>) => {
    let busy = false;
    const now = async () => {
      if (busy) return;
      busy = true;
      await sweep(db).catch((error: unknown) =>
        log.warn({ reason: messageOf(error) }, `the sweep for ${what} failed and will be repeated`),
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
    regularly('counts of redemptions', countsEveryMs, mergeCounts),
  ];
  return { stop: () => timers.forEach(clearInterval) };
}

/**
 * Gives a new queue entry to active jobs that have none and that no run works on. pg-boss restores its entries by itself; this is
 * the safety net for a worker that receives a job while another worker is just releasing it, and completes the entry. The jobs
 * stay locked meanwhile, so that none of them ends and still gets an entry.
 */
export async function sweepJobs(db: Database): Promise<void> {
  await transaction(db, async (tx) => {
    const lost = await lockLostJobs(tx, jobsEverySeconds / 2);
    if (lost.length > 0) await enqueue(tx, lost);
  });
}

/**
 * Removes files that dead runs left in the storage folder: exports that belong to no job and that no active job can still be
 * writing. It lists the folder before it reads the jobs, so that a job that ends meanwhile is seen with its file. Removes nothing
 * unless the folder is marked as this installation's.
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
  const left = files.filter(({ name, jobId }) => !known.get(jobId)?.active && known.get(jobId)?.fileKey !== name);
  const removals = await Promise.allSettled(left.map(({ name }) => removeFile(name)));
  const failed = removals.filter((removal) => removal.status === 'rejected');
  if (failed[0]) throw new Error(`${failed.length} of ${left.length} files cannot be removed (${messageOf(failed[0].reason)})`);
}

import { transaction } from '#lib/database/transaction';
import type { Database } from '#lib/db';
import { enqueue, type QueueableJob, withoutEntry } from '#lib/jobs/engine/queue';
import { log, messageOf } from '#lib/log';
import { mergeCounts } from '#lib/redemptions/counts.sql';
import { sweepHolds } from '#lib/redemptions/sweep-holds';
import { exportNames, removeFile } from '#lib/storage';
import { ownsStorage } from '#lib/storage-owner';

const quietSeconds = 15;
// A job that was given back waits for nobody but the next worker.
const givenBackSeconds = 1;
const jobsEverySeconds = 2;
const mostSwept = 1_000;
const filesEveryMs = 600_000;
const holdsEveryMs = 1_000;
const countsEveryMs = 600_000;

/** Looks every few seconds for what was left lying, until it is stopped. */
export function startSweeping(db: Database): { stop(): void } {
  const regularly = (what: string, everyMs: number, sweep: (db: Database) => Promise<void>) => {
    let busy = false;
    const now = async () => {
      if (busy) return;
      busy = true;
      await sweep(db).catch((error: unknown) => log.warn({ reason: messageOf(error) }, `the sweep for ${what} is put off`));
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
 * Gives active jobs that no run works on and that the queue has no entry for a new entry. The queue keeps its entries by
 * itself. This is the safety net: a worker that meets a job which another worker is just releasing takes the entry for done.
 * Of all workers one does this at a time, and not more often than the interval says. The jobs stay locked meanwhile, so that
 * none of them ends and still gets an entry.
 */
export async function sweepJobs(db: Database): Promise<void> {
  await transaction(db, async (tx) => {
    const lost = await tx.$queryRaw<QueueableJob[]>`
      with turn as (
        update installation set jobs_swept_at = clock_timestamp() where id in (
          select id from installation where jobs_swept_at < clock_timestamp() - make_interval(secs => ${jobsEverySeconds / 2})
          for update skip locked)
        returning id)
      select id, large from promotion_jobs
      where exists (select from turn) and status in ('pending', 'processing', 'cancelling')
        and greatest(created_at, run_seen_at, retry_at) < clock_timestamp() - make_interval(
          secs => case when status <> 'pending' and run_token is null then ${givenBackSeconds}::int else ${quietSeconds}::int end)
        and ${withoutEntry}
      order by created_at limit ${mostSwept} for update of promotion_jobs skip locked`;
    if (lost.length > 0) await enqueue(tx, lost);
  });
}

/**
 * Removes what dead runs left in the storage folder: exports that no job calls its own and that no active job can still be
 * writing. The folder is read before the jobs, so that a job that ends meanwhile is seen with its file. Removes nothing while
 * the folder is not marked as this installation's.
 */
export async function sweepFiles(db: Database): Promise<void> {
  const files = await exportNames();
  if (files.length === 0) return;
  if (!(await ownsStorage(db))) throw new Error('the storage folder is not marked as the folder of this installation');
  const jobs = await db.$queryRaw<{ id: string; fileKey: string | null; active: boolean }[]>`
    select id, file_key as "fileKey", finished_at is null as active from promotion_jobs
    where id = any(${files.map(({ jobId }) => jobId)}::uuid[])`;
  const known = new Map(jobs.map((job) => [job.id, job]));
  const left = files.filter(({ name, jobId }) => !known.get(jobId)?.active && known.get(jobId)?.fileKey !== name);
  const removals = await Promise.allSettled(left.map(({ name }) => removeFile(name)));
  const failed = removals.filter((removal) => removal.status === 'rejected');
  if (failed[0]) throw new Error(`${failed.length} of ${left.length} files cannot be removed (${messageOf(failed[0].reason)})`);
}

import type { Database, Db } from '#lib/db';
import { enqueue } from '#lib/jobs/engine/queue';
import { log, messageOf } from '#lib/log';
import { filesOlderThan, removeFile } from '#lib/storage';

const quietSeconds = 15;
// A job that was given back waits for nobody but the next worker.
const givenBackSeconds = 1;
const jobsEveryMs = 2_000;
const filesEveryMs = 600_000;

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
  const timers = [regularly('jobs', jobsEveryMs, sweepJobs), regularly('files', filesEveryMs, sweepFiles)];
  return { stop: () => timers.forEach(clearInterval) };
}

/**
 * Puts active jobs that no run works on back in the queue. The queue does this by itself; this is the net
 * under it, since a job is promised an end and the row, not the queue, is the truth: a worker that meets a job
 * which another one is just giving back takes the entry for done. An entry that is there already stays the only one.
 */
async function sweepJobs(db: Database): Promise<void> {
  const quiet = await db.$queryRaw<{ id: string }[]>`
    select id from promotion_jobs
    where status in ('pending', 'processing', 'cancelling')
      and greatest(created_at, run_seen_at) < clock_timestamp() - make_interval(
        secs => case when status <> 'pending' and run_token is null then ${givenBackSeconds}::int else ${quietSeconds}::int end)
    order by created_at limit 1000`;
  for (const { id } of quiet) await db.$transaction((tx) => enqueueActive(tx, id));
}

/** Held meanwhile, the job cannot end, so that no entry is made for one that is over. A job that somebody holds is at work. */
async function enqueueActive(tx: Db, id: string): Promise<void> {
  const [job] = await tx.$queryRaw<{ id: string; numberOfCodes: number | null }[]>`
    select id, number_of_codes as "numberOfCodes" from promotion_jobs
    where id = ${id}::uuid and status in ('pending', 'processing', 'cancelling') for update skip locked`;
  if (job) await enqueue(tx, job);
}

/** Removes what dead runs left in the export folder: files that no job calls its own and none can still be writing. */
async function sweepFiles(db: Database): Promise<void> {
  const names = await filesOlderThan(filesEveryMs);
  const ids = [...new Set(names.flatMap((name) => /^[0-9a-f-]{36}(?=\.)/.exec(name) ?? []))];
  const jobs = await db.$queryRaw<{ id: string; fileKey: string | null; active: boolean }[]>`
    select id, file_key as "fileKey", finished_at is null as active from promotion_jobs where id = any(${ids}::uuid[])`;
  const kept = new Map(jobs.map((job) => [job.id, job]));
  for (const name of names) {
    const id = ids.find((each) => name.startsWith(`${each}.`));
    if (!id) continue;
    const job = kept.get(id);
    if (!job?.active && job?.fileKey !== name) await removeFile(name);
  }
}

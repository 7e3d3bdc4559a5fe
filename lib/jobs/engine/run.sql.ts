import type { Pool } from 'pg';
import { z } from 'zod';
import { readPgRows } from '#lib/database/rows';
import { type Interruption, maxInterruptions } from '#lib/jobs/engine/interruptions';
import { type JobError, JobStatus, JobType } from '#prisma/enums';

/**
 * A run is one attempt of a worker at a job. Every write names the run's token in its `where`, so a worker that was presumed
 * dead cannot write when it wakes up.
 */
export type Run = z.output<typeof claimedJob>;

// Shorter than the queue's heartbeat: a worker that receives a dead worker's job can claim it at once.
export const liveForSeconds = 8;

/** A job that has crashed this many workers fails. */
export const maxCrashes = 3;

const claimedJob = z.object({
  id: z.string(),
  promotionId: z.string(),
  jobType: z.enum(JobType),
  createdBy: z.string(),
  generated: z.int(),
  attempts: z.int(),
  crashes: z.int(),
  token: z.string(),
  /** The whole row, with the column names of the database. The handler parses the columns that it needs. */
  row: z.unknown(),
});

/** Claims a job. Returns null when the job has ended, another run of it is live, or its pause after an error is not over. */
export async function claim(pool: Pool, jobId: string): Promise<Run | null> {
  const [claimed] = await readPgRows(
    pool,
    claimedJob,
    `update promotion_jobs as job set
       status = case status when 'pending' then 'processing' else status end,
       run_token = gen_random_uuid(), run_seen_at = clock_timestamp(),
       attempts = attempts + 1, crashes = crashes + (run_token is not null)::int,
       interruptions = case when attempts between 1 and $3 and retry_at is null then interruptions || jsonb_build_object(
         'what', case when run_token is null then 'stopped' else 'died' end, 'run', attempts,
         'at', run_seen_at, 'seconds', extract(epoch from clock_timestamp() - run_seen_at)) else interruptions end,
       rate = null, file_rows = null, retry_at = null,
       started_at = coalesce(started_at, clock_timestamp()), updated_at = clock_timestamp()
     where id = $1 and status in ('pending', 'processing', 'cancelling')
       and (retry_at is null or retry_at <= clock_timestamp())
       and (run_token is null or run_seen_at < clock_timestamp() - make_interval(secs => $2))
     returning id, promotion_id as "promotionId", job_type as "jobType", created_by as "createdBy", generated, attempts, crashes,
       run_token as token, to_jsonb(job) as row`,
    [jobId, liveForSeconds, maxInterruptions],
  );
  return claimed ?? null;
}

const snapshot = z.object({ status: z.enum(JobStatus), generated: z.int(), deleted: z.int(), failing: z.boolean() });

/** The state of the job that a run reads with each heartbeat. `lost` when another run holds the job or the job was deleted. */
export type Snapshot = z.output<typeof snapshot> | 'lost';

/** Sends a heartbeat with the rate per second and, unless it is null, the progress to store. Returns the current state of the job. */
export async function heartbeat(pool: Pool, run: Run, progress: number | null, rate: number | null): Promise<Snapshot> {
  const [seen] = await readPgRows(
    pool,
    snapshot,
    `update promotion_jobs set run_seen_at = clock_timestamp(), rate = $4,
       file_rows = case when finished_at is null then coalesce($3, file_rows) else file_rows end
     where id = $1 and run_token = $2
     returning status, generated, coalesce(deleted, 0) as deleted, failing is not null as failing`,
    [run.id, run.token, progress, rate],
  );
  return seen ?? 'lost';
}

/** Records that the database was unavailable for the last `seconds`, measured by the worker's clock. */
export async function recordOutage(pool: Pool, run: Run, seconds: number): Promise<void> {
  await pool.query(
    `update promotion_jobs set interruptions = interruptions || jsonb_build_object(
       'what', 'database', 'run', attempts, 'at', clock_timestamp() - make_interval(secs => $3), 'seconds', $3::float8)
     where id = $1 and run_token = $2 and jsonb_array_length(interruptions) < $4`,
    [run.id, run.token, seconds, maxInterruptions],
  );
}

/** Records the error of a job that fails. After that, the job only removes codes. Has no effect on a job that another run holds or that is being cancelled. */
export async function beginFailing(pool: Pool, run: Run, error: JobError): Promise<void> {
  await pool.query(
    `update promotion_jobs set failing = $3, rate = null, updated_at = clock_timestamp()
     where id = $1 and run_token = $2 and status = 'processing' and failing is null`,
    [run.id, run.token, error],
  );
}

// A pause doubles with each failure since the last progress.
const [firstPauseSeconds, longestPauseSeconds] = [5, 300];

/**
 * Releases a job that must complete, after an error, for a retry after a pause. Returns the pause in seconds, or null when another
 * run holds the job.
 */
export async function postpone(pool: Pool, run: Run, error: JobError): Promise<number | null> {
  const [pause] = await readPgRows(
    pool,
    z.object({ seconds: z.number() }),
    `with pause as (select least($5, $4 * 2 ^ least(retries, 30))::float8 as seconds from promotion_jobs where id = $1)
     update promotion_jobs set run_token = null, run_seen_at = clock_timestamp(), rate = null, crashes = 0,
       retries = retries + 1, retry_error = $3, retry_at = clock_timestamp() + make_interval(secs => seconds), updated_at = clock_timestamp()
     from pause where id = $1 and run_token = $2 and finished_at is null returning seconds`,
    [run.id, run.token, error, firstPauseSeconds, longestPauseSeconds],
  );
  return pause?.seconds ?? null;
}

/** Releases an unfinished job, so that another worker can claim it at once. Returns false when another run holds it. */
export async function release(pool: Pool, run: Run): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update promotion_jobs set run_token = null, run_seen_at = clock_timestamp(), updated_at = clock_timestamp()
     where id = $1 and run_token = $2 and finished_at is null`,
    [run.id, run.token],
  );
  return rowCount === 1;
}

const interruptionOf = (what: Interruption['what']) => JSON.stringify({ what } satisfies Partial<Interruption>);

/** Corrects the crash count after another run took over the job of a run that was only suspended, or had no database, and did not crash. */
export async function correctCrashCount(pool: Pool, run: Run): Promise<void> {
  await pool.query(
    `update promotion_jobs set crashes = crashes - 1,
       interruptions = (
         select coalesce(jsonb_agg(case when each @> $4 and each @> jsonb_build_object('run', $3::int) then each || $5 else each end order by n), '[]')
         from jsonb_array_elements(interruptions) with ordinality as noted (each, n))
     where id = $1 and run_token is distinct from $2 and attempts > $3 and crashes > 0`,
    [run.id, run.token, run.attempts, interruptionOf('died'), interruptionOf('stood_still')],
  );
}

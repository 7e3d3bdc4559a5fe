import type { Pool } from 'pg';
import { z } from 'zod';
import { type Interruption, mostInterruptions } from '#lib/jobs/engine/interruptions';
import { ConsumeUnit, type JobError, type JobStatus, JobType } from '#prisma/enums';

/**
 * A run is one worker's attempt at a job. Its token stands in the `where` of everything it writes, so a
 * worker that was thought dead and wakes up writes nothing.
 */
export type Run = z.output<typeof claimedJob>;

// Shorter than the queue's heartbeat: whoever gets a dead worker's job may take it up at once.
export const liveForSeconds = 8;

/** A job that killed this many workers would kill the next one too. */
export const maxCrashes = 3;

const claimedJob = z.object({
  id: z.string(),
  promotionId: z.string(),
  jobType: z.enum(JobType),
  numberOfCodes: z.int().nullable(),
  consumeUnit: z.enum(ConsumeUnit).nullable(),
  maxUsesPerCode: z.int().nullable(),
  codeLength: z.int().nullable(),
  codePrefix: z.string().nullable(),
  createdBy: z.string(),
  generated: z.int(),
  attempts: z.int(),
  crashes: z.int(),
  token: z.string(),
  /** Roughly how many codes the store had before the job. */
  stored: z.number(),
});

/** Takes a job up, or answers null: it is over, or another run of it is alive. */
export async function claim(pool: Pool, jobId: string): Promise<Run | null> {
  const { rows } = await pool.query(
    `update promotion_jobs set
       status = case status when 'pending' then 'processing' else status end,
       run_token = gen_random_uuid(), run_seen_at = clock_timestamp(),
       attempts = attempts + 1, crashes = crashes + (run_token is not null)::int,
       interruptions = case when attempts between 1 and $3 then interruptions || jsonb_build_object(
         'what', case when run_token is null then 'stopped' else 'died' end, 'run', attempts,
         'at', run_seen_at, 'seconds', extract(epoch from clock_timestamp() - run_seen_at)) else interruptions end,
       rate = null, file_rows = null,
       started_at = coalesce(started_at, clock_timestamp()), updated_at = clock_timestamp()
     where id = $1 and status in ('pending', 'processing', 'cancelling')
       and (run_token is null or run_seen_at < clock_timestamp() - make_interval(secs => $2))
     returning id, promotion_id as "promotionId", job_type as "jobType", number_of_codes as "numberOfCodes",
       consume_unit as "consumeUnit", max_uses_per_code as "maxUsesPerCode", code_length as "codeLength",
       code_prefix as "codePrefix", created_by as "createdBy", generated, attempts, crashes, run_token as token,
       (select greatest(reltuples - generated, 0) from pg_class where oid = 'promotion_codes'::regclass) as stored`,
    [jobId, liveForSeconds, mostInterruptions],
  );
  return rows[0] ? claimedJob.parse(rows[0]) : null;
}

/** What a run sees of its job when it looks up; `lost` when the job belongs to another run, or to none. */
export type Sight = { status: JobStatus; generated: number; deleted: number; failing: boolean } | 'lost';

/** A sign of life, with how far an export has come and how fast the run is; answers what became of the job meanwhile. */
export async function beat(pool: Pool, run: Run, exportedRows: number | null, rate: number | null): Promise<Sight> {
  const { rows } = await pool.query<Exclude<Sight, 'lost'>>(
    `update promotion_jobs set run_seen_at = clock_timestamp(), rate = $4,
       file_rows = case when finished_at is null then coalesce($3, file_rows) else file_rows end
     where id = $1 and run_token = $2
     returning status, generated, coalesce(deleted, 0) as deleted, failing is not null as failing`,
    [run.id, run.token, exportedRows, rate],
  );
  return rows[0] ?? 'lost';
}

/** Notes that the database was out of reach until now, for so many seconds of the worker's clock. */
export async function noteAbsence(pool: Pool, run: Run, seconds: number): Promise<void> {
  await pool.query(
    `update promotion_jobs set interruptions = interruptions || jsonb_build_object(
       'what', 'database', 'run', attempts, 'at', clock_timestamp() - make_interval(secs => $3), 'seconds', $3::float8)
     where id = $1 and run_token = $2 and jsonb_array_length(interruptions) < $4`,
    [run.id, run.token, seconds, mostInterruptions],
  );
}

/** Records why the job fails; from then on its codes are only removed. Has no effect on a job that another run holds or that is being cancelled. */
export async function beginFailing(pool: Pool, run: Run, error: JobError): Promise<void> {
  await pool.query(
    `update promotion_jobs set failing = $3, rate = null, updated_at = clock_timestamp()
     where id = $1 and run_token = $2 and status = 'processing' and failing is null`,
    [run.id, run.token, error],
  );
}

/** Gives the job back unfinished, so that the next worker need not wait for this run to be taken for dead. False when it is this run's no more. */
export async function release(pool: Pool, run: Run): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update promotion_jobs set run_token = null, run_seen_at = clock_timestamp(), updated_at = clock_timestamp()
     where id = $1 and run_token = $2 and finished_at is null`,
    [run.id, run.token],
  );
  return rowCount === 1;
}

const diedAs = (what: Interruption['what']) => JSON.stringify({ what } satisfies Partial<Interruption>);

/** Takes back that this run died: it lost its job because it or the database stood still, and lives to say so. */
export async function denyDeath(pool: Pool, run: Run): Promise<void> {
  await pool.query(
    `update promotion_jobs set crashes = crashes - 1,
       interruptions = (
         select coalesce(jsonb_agg(case when each @> $4 and each @> jsonb_build_object('run', $3::int) then each || $5 else each end order by n), '[]')
         from jsonb_array_elements(interruptions) with ordinality as noted (each, n))
     where id = $1 and run_token is distinct from $2 and attempts > $3 and crashes > 0`,
    [run.id, run.token, run.attempts, diedAs('died'), diedAs('stood_still')],
  );
}

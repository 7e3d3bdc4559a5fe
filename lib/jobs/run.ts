import type { Pool, PoolClient } from 'pg';
import { z } from 'zod';
import { faultPoint } from '#lib/jobs/fault-point';
import { ConsumeUnit, JobStatus, JobType } from '#prisma/enums';

/**
 * A run is one worker's attempt at a job. Its token stands in the `where` of everything it writes, so a
 * worker that was thought dead and wakes up writes nothing.
 */
export type Run = z.output<typeof claimedJob> & { token: string };

// Shorter than the queue's heartbeat: whoever gets a dead worker's job may take it up at once.
const liveForSeconds = 8;

/** A job that killed this many workers would kill the next one too. */
export const maxCrashes = 3;

const claimedJob = z.object({
  id: z.string(),
  promotionId: z.string(),
  jobType: z.enum(JobType),
  status: z.enum(JobStatus),
  numberOfCodes: z.int().nullable(),
  consumeUnit: z.enum(ConsumeUnit).nullable(),
  maxUsesPerCode: z.int().nullable(),
  codeLength: z.int().nullable(),
  codePrefix: z.string().nullable(),
  createdBy: z.string(),
  generated: z.int(),
  crashes: z.int(),
  token: z.string(),
});

/** Takes a job up, or answers null: it is over, or another run of it is alive. */
export async function claim(pool: Pool, jobId: string): Promise<Run | null> {
  const { rows } = await pool.query(
    `update promotion_jobs set
       status = case status when 'pending' then 'processing' else status end,
       run_token = gen_random_uuid(), run_seen_at = clock_timestamp(),
       attempts = attempts + 1, crashes = crashes + (run_token is not null)::int,
       started_at = coalesce(started_at, clock_timestamp()), updated_at = clock_timestamp()
     where id = $1 and status in ('pending', 'processing', 'cancelling')
       and (run_token is null or run_seen_at < clock_timestamp() - make_interval(secs => $2))
     returning id, promotion_id as "promotionId", job_type as "jobType", status, number_of_codes as "numberOfCodes",
       consume_unit as "consumeUnit", max_uses_per_code as "maxUsesPerCode", code_length as "codeLength",
       code_prefix as "codePrefix", created_by as "createdBy", generated, crashes, run_token as token`,
    [jobId, liveForSeconds],
  );
  return rows[0] ? claimedJob.parse(rows[0]) : null;
}

/** What a run sees of its job when it looks up; `lost` when the job belongs to another run, or to none. */
export type Sight = { status: JobStatus; generated: number } | 'lost';

/** A sign of life, with how far an export has come; answers what became of the job meanwhile. */
export async function beat(pool: Pool, run: Run, exportedRows: number | null): Promise<Sight> {
  const { rows } = await pool.query<{ status: JobStatus; generated: number }>(
    `update promotion_jobs set run_seen_at = clock_timestamp(), file_rows = coalesce($3, file_rows)
     where id = $1 and run_token = $2 and finished_at is null returning status, generated`,
    [run.id, run.token, exportedRows],
  );
  return rows[0] ?? 'lost';
}

/** Gives the job back unfinished, so that the next worker need not wait for this run to be taken for dead. */
export async function release(pool: Pool, run: Run): Promise<void> {
  await pool.query(
    'update promotion_jobs set run_token = null, updated_at = clock_timestamp() where id = $1 and run_token = $2 and finished_at is null',
    [run.id, run.token],
  );
}

/**
 * Ends a job that failed or is being cancelled: its codes go and it is final, in one transaction. A job
 * that somebody cancelled meanwhile ends cancelled, whatever `reason` says. Returns the final state, or
 * null when the job is not this run's any more.
 */
export async function endWithoutCodes(
  client: PoolClient,
  run: Run,
  reason: string | null,
): Promise<{ status: JobStatus; deleted: number } | null> {
  await client.query('begin');
  const removed =
    run.jobType === 'code_generate'
      ? await client.query('delete from promotion_codes where promotion_id = $1 and job_id = $2', [run.promotionId, run.id])
      : null;
  const { rows } = await client.query<{ status: JobStatus; deleted: number }>(
    `update promotion_jobs set
       status = case status when 'cancelling' then 'cancelled' else 'failed' end::job_status,
       error = case status when 'cancelling' then null else $4 end,
       deleted = $3, file_rows = null, finished_at = clock_timestamp(), updated_at = clock_timestamp()
     where id = $1 and run_token = $2 and (status = 'cancelling' or (status = 'processing' and $4::text is not null))
     returning status, deleted`,
    [run.id, run.token, removed?.rowCount ?? null, reason],
  );
  faultPoint('codes-removed');
  await client.query(rows[0] ? 'commit' : 'rollback');
  return rows[0] ?? null;
}

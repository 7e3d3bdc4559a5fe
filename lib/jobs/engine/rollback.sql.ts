import type { PoolClient } from 'pg';
import { z } from 'zod';
import { readPgRows } from '#lib/database/rows';
import type { Run } from '#lib/jobs/engine/run.sql';
import { JobStatus } from '#prisma/enums';

const recorded = z.object({ status: z.enum(JobStatus), generated: z.int(), deleted: z.int() });

/**
 * Records the progress of one rollback step. The run token in the `where` is the fence. `codes` is null for a kind of job that
 * creates no codes. Returns null when the job no longer belongs to the run.
 */
export async function recordRollback(
  client: PoolClient,
  run: Run,
  codes: number | null,
  last: boolean,
): Promise<z.output<typeof recorded> | null> {
  const [row] = await readPgRows(
    client,
    recorded,
    `update promotion_jobs set
       deleted = case when $3::int is null then deleted else coalesce(deleted, 0) + $3 end,
       status = case when not $4 then status when status = 'cancelling' then 'cancelled' else 'failed' end,
       error = case when $4 and status = 'processing' then failing end,
       file_rows = null, finished_at = case when $4 then clock_timestamp() end,
       run_seen_at = clock_timestamp(), updated_at = clock_timestamp()
     where id = $1 and run_token = $2 and (status = 'cancelling' or (status = 'processing' and failing is not null))
     returning status, generated, coalesce(deleted, 0) as deleted`,
    [run.id, run.token, codes, last],
  );
  return row ?? null;
}

import type { PoolClient } from 'pg';
import type { Run } from '#lib/jobs/engine/run.sql';

/** The finished file of an export. */
export type ExportedFile = { key: string; rows: number; bytes: number; sha256: string };

/** Completes an export and records its file. Returns false when the job no longer belongs to the run. */
export async function completeExport(client: PoolClient, run: Run, file: ExportedFile): Promise<boolean> {
  const { rowCount } = await client.query(
    `update promotion_jobs set
       status = 'completed', file_key = $3, file_rows = $4, file_bytes = $5, file_sha256 = $6,
       finished_at = clock_timestamp(), updated_at = clock_timestamp()
     where id = $1 and run_token = $2 and status = 'processing' and failing is null`,
    [run.id, run.token, file.key, file.rows, file.bytes, file.sha256],
  );
  return rowCount === 1;
}

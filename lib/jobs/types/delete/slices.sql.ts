import type { PoolClient } from 'pg';
import { z } from 'zod';
import { readPgRows } from '#lib/database/rows';
import type { Run } from '#lib/jobs/engine/run.sql';

// A slice is one short transaction, so that a worker that stops loses little work.
const codesPerSlice = 25_000;
const jobsPerSlice = 500;
const versionsPerSlice = 1_000;

const deletedCodes = z.object({ codes: z.int(), last: z.string().nullable() });

/**
 * Deletes codes of the promotion with an id above `after`. Returns their number and the last id, which is null when there were
 * none. Skips codes that another transaction has locked to reuse them: waiting for it could cause a deadlock.
 */
export async function deleteCodes(client: PoolClient, promotionId: string, after: string): Promise<z.output<typeof deletedCodes>> {
  const [deleted] = await readPgRows(
    client,
    deletedCodes,
    `with slice as materialized (
       select id from promotion_codes where promotion_id = $1 and id > $2 order by id limit ${codesPerSlice} for update skip locked
     ), deletion as (
       delete from promotion_codes as code using slice where code.promotion_id = $1 and code.id = slice.id
     )
     select count(*)::int as codes, max(id) as last from slice`,
    [promotionId, after],
  );
  return deleted ?? { codes: 0, last: null };
}

/** Returns true when the promotion has a code. Waits for transactions that have locked its last codes to reuse them. */
export async function isAnyCodeLeft(client: PoolClient, promotionId: string): Promise<boolean> {
  const { rowCount } = await client.query('select from promotion_codes where promotion_id = $1 order by id limit 1 for update', [
    promotionId,
  ]);
  return rowCount === 1;
}

const job = z.object({ id: z.string(), fileKey: z.string().nullable() });

/** Returns some jobs of the promotion, without its deletion job, with the keys of their files. */
export function readOtherJobs(client: PoolClient, run: Run): Promise<z.output<typeof job>[]> {
  return readPgRows(
    client,
    job,
    `select id, file_key as "fileKey" from promotion_jobs where promotion_id = $1 and id <> $2 order by created_at desc limit ${jobsPerSlice}`,
    [run.promotionId, run.id],
  );
}

/** Deletes the jobs with these ids. */
export async function deleteJobs(client: PoolClient, ids: readonly string[]): Promise<void> {
  await client.query('delete from promotion_jobs where id = any($1::uuid[])', [ids]);
}

/** Deletes some versions of the promotion and returns their number. */
export async function deleteVersions(client: PoolClient, promotionId: string): Promise<number> {
  const { rowCount } = await client.query(
    `delete from promotion_versions where id in (
       select id from promotion_versions where promotion_id = $1 order by version limit ${versionsPerSlice})`,
    [promotionId],
  );
  return rowCount ?? 0;
}

/** Deletes the row of the promotion, which must have no codes and no other jobs. */
export async function deletePromotionRow(client: PoolClient, promotionId: string): Promise<void> {
  await client.query('delete from promotions where id = $1', [promotionId]);
}

/** The number of rows that a slice deleted, and how many of them were codes. The `last` slice completes the job. */
export type Slice = { rows: number; codes?: number; last?: boolean };

/**
 * Records a slice. Progress resets the pauses after errors. The run token in the `where` is the fence. The last slice completes the
 * job. Returns the number of codes that the job has deleted, or null when another run holds the job and the slice must be rolled back.
 */
export async function recordSlice(
  client: PoolClient,
  run: Run,
  { rows: deletedRows, codes = 0, last = false }: Slice,
): Promise<number | null> {
  const [written] = await readPgRows(
    client,
    z.object({ deleted: z.int() }),
    `update promotion_jobs set
       deleted = coalesce(deleted, 0) + $3,
       retries = case when $5 > 0 then 0 else retries end, retry_error = case when $5 > 0 then null else retry_error end,
       status = case when $4 then 'completed' else status end, finished_at = case when $4 then clock_timestamp() end,
       run_seen_at = clock_timestamp(), updated_at = clock_timestamp()
     where id = $1 and run_token = $2 and status = 'processing'
     returning deleted`,
    [run.id, run.token, codes, last, deletedRows],
  );
  return written?.deleted ?? null;
}

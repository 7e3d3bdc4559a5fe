import type { PoolClient } from 'pg';
import { z } from 'zod';
import { readPgRows } from '#lib/database/rows';
import type { Run } from '#lib/jobs/engine/run.sql';

// A slice is one short transaction, so that a worker that stops loses little.
const codesPerSlice = 25_000;
const jobsPerSlice = 500;
const versionsPerSlice = 1_000;

const deletedCodes = z.object({ codes: z.int(), last: z.string().nullable() });

/**
 * Deletes codes of the promotion whose id is above `after`, and returns how many and their last id; null without any. Skips
 * codes that another transaction is taking at this moment: a slice that waited for it could be part of a deadlock.
 */
export async function deleteCodes(client: PoolClient, promotionId: string, after: string): Promise<z.output<typeof deletedCodes>> {
  const [deleted] = await readPgRows(
    client,
    deletedCodes,
    `with slice as materialized (
       select id from promotion_codes where promotion_id = $1 and id > $2 order by id limit ${codesPerSlice} for update skip locked
     ), gone as (
       delete from promotion_codes as code using slice where code.promotion_id = $1 and code.id = slice.id
     )
     select count(*)::int as codes, max(id) as last from slice`,
    [promotionId, after],
  );
  return deleted ?? { codes: 0, last: null };
}

/** Waits for transactions that are taking the promotion's last codes. Returns whether a code is left after all. */
export async function isAnyCodeLeft(client: PoolClient, promotionId: string): Promise<boolean> {
  const { rowCount } = await client.query('select from promotion_codes where promotion_id = $1 order by id limit 1 for update', [
    promotionId,
  ]);
  return rowCount === 1;
}

const job = z.object({ id: z.string(), fileKey: z.string().nullable() });

/** Some jobs of the promotion other than its deletion, with the keys of their files. */
export function nextJobs(client: PoolClient, run: Run): Promise<z.output<typeof job>[]> {
  return readPgRows(
    client,
    job,
    `select id, file_key as "fileKey" from promotion_jobs where promotion_id = $1 and id <> $2 order by created_at desc limit ${jobsPerSlice}`,
    [run.promotionId, run.id],
  );
}

/** Deletes the rows of jobs. */
export async function deleteJobs(client: PoolClient, ids: readonly string[]): Promise<void> {
  await client.query('delete from promotion_jobs where id = any($1::uuid[])', [ids]);
}

/** Deletes some versions of the promotion, and returns how many. */
export async function deleteVersions(client: PoolClient, promotionId: string): Promise<number> {
  const { rowCount } = await client.query(
    `delete from promotion_versions where id in (
       select id from promotion_versions where promotion_id = $1 order by version limit ${versionsPerSlice})`,
    [promotionId],
  );
  return rowCount ?? 0;
}

/** Deletes the promotion, which must have no codes and no other jobs. */
export async function deletePromotionRow(client: PoolClient, promotionId: string): Promise<void> {
  await client.query('delete from promotions where id = $1', [promotionId]);
}

/** The result of a slice: the number of deleted rows, of which `codes` are codes. The `last` slice completes the job. */
export type Slice = { rows: number; codes?: number; last?: boolean };

/**
 * Records a slice. Progress resets the pauses after errors, and the run token in the `where` is the fence. The last slice completes
 * the job. Returns how many codes the job has deleted; null when another run holds the job, and the slice must be rolled back.
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

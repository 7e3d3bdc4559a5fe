import { finished } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { z } from 'zod';
import { foldCode } from '#lib/codes/fold';
import { freeCodes } from '#lib/codes/free.sql';
import { copyStatement } from '#lib/codes/generator/copy-rows';
import { readPgRows } from '#lib/database/rows';
import type { Run } from '#lib/jobs/engine/run.sql';
import type { GenerateSettings } from '#lib/jobs/types/generate/settings';
import { JobStatus } from '#prisma/enums';

const counted = z.object({ generated: z.int(), status: z.enum(JobStatus) });

/**
 * Counts the inserted codes. This is the last statement of a slice and its fence: the job must be `processing` and belong to the run.
 * Completes the job with its last code. Returns null when the job has another run or status.
 */
export async function countInserted(
  client: PoolClient,
  run: Run,
  { inserted, avoided }: { inserted: number; avoided: number },
): Promise<z.output<typeof counted> | null> {
  const [row] = await readPgRows(
    client,
    counted,
    `update promotion_jobs set
       generated = generated + $3, duplicates_avoided = duplicates_avoided + $4,
       status = case when generated + $3 = number_of_codes then 'completed' else status end,
       finished_at = case when generated + $3 = number_of_codes then clock_timestamp() end,
       run_seen_at = clock_timestamp(), updated_at = clock_timestamp()
     where id = $1 and run_token = $2 and status = 'processing' and failing is null
     returning generated, status`,
    [run.id, run.token, inserted, avoided],
  );
  return row ?? null;
}

/** Copies rows into promotion_codes after a savepoint. Calls `whileBusy` once the rows have been sent. */
export async function copyBatch(client: PoolClient, rows: Buffer, whileBusy: () => void): Promise<void> {
  const into = client.query(copyFrom(`savepoint batch; ${copyStatement}`));
  const done = finished(into);
  into.write(rows, (error) => {
    if (error) return;
    into.end();
    // `whileBusy` generates codes and would delay the rows, so it runs after they have been sent.
    setImmediate(whileBusy);
  });
  await done;
}

/** Rolls back a failed {@link copyBatch}. */
export async function rollbackBatch(client: PoolClient): Promise<void> {
  await client.query('rollback to savepoint batch');
}

/** Inserts the codes that do not exist yet, and returns their number. */
export async function insertNewCodes(client: PoolClient, run: Run, settings: GenerateSettings, codes: string[]): Promise<number> {
  if (codes.length === 0) return 0;
  await freeFromDeleted(client, codes);
  const { rowCount } = await client.query(
    `insert into promotion_codes (promotion_id, job_id, code, consume_unit, max_uses, uses, created_by)
     select $1, $2, code, $4, $5, $5, $6 from unnest($3::text[]) with ordinality as new (code, position) order by position
     on conflict ((lower(code))) do nothing`,
    [run.promotionId, run.id, codes, settings.consumeUnit, settings.maxUsesPerCode, run.createdBy],
  );
  return rowCount ?? 0;
}

/** Frees those of the codes that belong to promotions that are being deleted, and returns their number. */
export async function freeFromDeleted(client: PoolClient, codes: string[]): Promise<number> {
  const { rowCount } = await client.query(freeCodes, [codes.map(foldCode)]);
  return rowCount ?? 0;
}

/** Returns the approximate number of codes in the database before the job. */
export async function readStoredBefore(client: PoolClient, run: Run): Promise<number> {
  const [row] = await readPgRows(
    client,
    z.object({ stored: z.number() }),
    `select greatest(reltuples - $1, 0)::float8 as stored from pg_class where oid = 'promotion_codes'::regclass`,
    [run.generated],
  );
  return row?.stored ?? 0;
}

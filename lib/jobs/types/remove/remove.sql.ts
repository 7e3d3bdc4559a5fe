import type { PoolClient } from 'pg';
import { z } from 'zod';
import { setKeyOrder } from '#lib/codes/by-key.sql';
import { foldCode } from '#lib/codes/fold';
import { readPgRows } from '#lib/database/rows';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import { fencedTransaction, lockPromotionFirst } from '#lib/jobs/engine/fenced.sql';
import type { Run } from '#lib/jobs/engine/run.sql';
import type { removeFilter } from '#lib/jobs/types/remove/definition';
import { codeUseColumns } from '#lib/redemptions/usages/code-columns.sql';
import { JobStatus } from '#prisma/enums';

/**
 * A condition on promotion_codes `c` that selects the codes to remove. Its values start at the parameter $2. `lock` prevents redemptions of
 * a selected code before its removal.
 */
type Selection = { where: string; values: unknown[]; lock: string };

/** Returns the condition for a filter among the codes with an id up to `idLimit`. */
export function selectionOf({ job_id, prefix, unused }: z.output<typeof removeFilter>, idLimit: number): Selection {
  const values: unknown[] = [];
  const parameter = (value: unknown) => `$${values.push(value) + 1}`;
  const conditions = [
    `c.id <= ${parameter(idLimit)}`,
    job_id && `c.job_id = ${parameter(job_id)}`,
    prefix && `starts_with(lower(c.code collate "C"), ${parameter(foldCode(prefix))})`,
    unused && `${codeUseColumns('$1').used} = 0`,
  ];
  return { where: ['c.promotion_id = $1', ...conditions.filter(Boolean)].join(' and '), values, lock: unused ? 'for update of c' : '' };
}

/**
 * Stores the number of selected codes, once for each job, and returns the number of codes that are already removed. Returns null when
 * another run holds the job. Reads the job row again, because a run restarts its work after each outage of the database.
 */
export async function countSelected(client: PoolClient, run: Run, { where, values }: Selection): Promise<number | null> {
  const next = values.length + 2;
  const [row] = await readPgRows(
    client,
    z.object({ deleted: z.int() }),
    `update promotion_jobs set total = coalesce(total, (select count(*) from promotion_codes as c where ${where})), updated_at = clock_timestamp()
     where id = $${next} and run_token = $${next + 1} returning coalesce(deleted, 0) as deleted`,
    [run.promotionId, ...values, run.id, run.token],
  );
  return row?.deleted ?? null;
}

// Each slice is one short transaction, so that the promotion is never locked for long and a worker that stops loses at most one slice.
const codesPerSlice = 25_000;

const written = z.object({ deleted: z.int(), status: z.enum(JobStatus) });

/**
 * Removes one slice in one transaction, fenced by the update of the job row. `last` is the highest removed key. Removes nothing and
 * returns null when the job no longer belongs to the run.
 */
export function removeSlice(
  client: PoolClient,
  run: Run,
  { where, values, lock }: Selection,
  after: string,
): Promise<(z.output<typeof written> & { last: string }) | null> {
  const selected = [run.promotionId, ...values];
  const next = selected.length + 1;
  return fencedTransaction(client, async () => {
    await setKeyOrder(client);
    await lockPromotionFirst(client, run.promotionId);
    const [slice] = await readPgRows(
      client,
      z.object({ last: z.string().nullable(), n: z.int() }),
      `select max(id) as last, count(*)::int as n from
         (select c.id from promotion_codes as c where ${where} and c.id > $${next} order by c.id limit ${codesPerSlice} ${lock}) as slice`,
      [...selected, after],
    );
    const { last, n } = slice ?? { last: null, n: 0 };
    // A range of the key with the same condition reads only the rows that it removes. A join with a list of keys would read more.
    const { rowCount } = await client.query(
      `delete from promotion_codes as c where ${where} and c.id > $${next} and c.id <= $${next + 1}`,
      [...selected, after, last ?? after],
    );
    const [job] = await readPgRows(
      client,
      written,
      `update promotion_jobs set
         deleted = coalesce(deleted, 0) + $3, status = case when $4 then 'completed' else status end,
         finished_at = case when $4 then clock_timestamp() end, run_seen_at = clock_timestamp(), updated_at = clock_timestamp()
       where id = $1 and run_token = $2 and status = 'processing' and failing is null
       returning deleted, status`,
      [run.id, run.token, rowCount ?? 0, n < codesPerSlice],
    );
    faultPoint('codes-removed');
    return job ? { ...job, last: last ?? after } : null;
  });
}

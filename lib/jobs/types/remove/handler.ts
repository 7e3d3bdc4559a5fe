import type { PoolClient } from 'pg';
import { z } from 'zod';
import { byKey } from '#lib/codes/by-key.sql';
import { foldCode } from '#lib/codes/fold';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import type { Ending, JobHandler } from '#lib/jobs/engine/handler';
import type { Run } from '#lib/jobs/engine/run';
import type { Watch } from '#lib/jobs/engine/watch';
import { removeFilter, removeJob } from '#lib/jobs/types/remove/definition';
import type { JobStatus } from '#prisma/enums';

// Each slice is one short transaction: the promotion is never locked for long, and a worker that stops loses only one.
const codesPerSlice = 25_000;

/** Removes codes slice by slice. What is removed stays removed when the job fails or is cancelled. */
export const removeHandler: JobHandler = {
  run: remove,
  reportsProgress: false,
  rollback: null,
  mustComplete: removeJob.mustComplete,
  tidyUp: null,
};

const settingsOfRow = z.object({ parameters: removeFilter, code_id_limit: z.int().nullable() });

/** The codes to remove, as a condition on promotion_codes whose values start at the parameter $2. */
type Selection = { where: string; values: unknown[] };

/**
 * Removes the selected codes in the order of their key. A run that takes over walks the key from its start again: what the run
 * before removed is not there any more.
 */
async function remove(client: PoolClient, run: Run, watch: Watch): Promise<Ending> {
  const { parameters, code_id_limit } = settingsOfRow.parse(run.row);
  const selection = selectionOf(parameters, code_id_limit ?? 0);
  const deleted = await countSelected(client, run, selection);
  if (deleted === null) return { kind: 'stopped' };
  watch.moved(deleted);
  let after = '0';
  while (!watch.stop.aborted) {
    const slice = await removeSlice(client, run, selection, after);
    if (!slice) return { kind: 'stopped' };
    watch.moved(slice.deleted);
    if (slice.status === 'completed') return { kind: 'completed' };
    after = slice.last;
    faultPoint('between-slices');
  }
  return { kind: 'stopped' };
}

function selectionOf({ job_id, prefix, unused }: z.output<typeof removeFilter>, idLimit: number): Selection {
  const values: unknown[] = [];
  const parameter = (value: unknown) => `$${values.push(value) + 1}`;
  const conditions = [
    `id <= ${parameter(idLimit)}`,
    job_id && `job_id = ${parameter(job_id)}`,
    prefix && `starts_with(lower(code collate "C"), ${parameter(foldCode(prefix))})`,
    unused && 'uses is not distinct from max_uses',
  ];
  return { where: ['promotion_id = $1', ...conditions.filter(Boolean)].join(' and '), values };
}

/**
 * Stores how many codes are selected, once for the job, and returns how many of them are removed already. Null when another run
 * holds the job. The row decides and not what the claim read: a run starts its work again after each outage of the database.
 */
async function countSelected(client: PoolClient, run: Run, { where, values }: Selection): Promise<number | null> {
  const next = values.length + 2;
  const { rows } = await client.query<{ deleted: number }>(
    `update promotion_jobs set total = coalesce(total, (select count(*) from promotion_codes where ${where})), updated_at = clock_timestamp()
     where id = $${next} and run_token = $${next + 1} returning coalesce(deleted, 0) as deleted`,
    [run.promotionId, ...values, run.id, run.token],
  );
  return rows[0]?.deleted ?? null;
}

/** One transaction, fenced by the update of the job row; null when the fence held and nothing was removed. */
async function removeSlice(
  client: PoolClient,
  run: Run,
  { where, values }: Selection,
  after: string,
): Promise<{ deleted: number; status: JobStatus; last: string } | null> {
  const selected = [run.promotionId, ...values];
  const next = selected.length + 1;
  await client.query(`begin; ${byKey}`);
  // The lock order of lib/database/transaction.ts: the promotion first.
  await client.query('select from promotions where id = $1 for no key update', [run.promotionId]);
  const { rows } = await client.query<{ last: string | null; n: number }>(
    `select max(id) as last, count(*)::int as n from
       (select id from promotion_codes where ${where} and id > $${next} order by id limit ${codesPerSlice}) as slice`,
    [...selected, after],
  );
  const { last, n } = rows[0] ?? { last: null, n: 0 };
  // The same condition again: a range of the key that reads what it removes, instead of a join with a list.
  const { rowCount } = await client.query(`delete from promotion_codes where ${where} and id > $${next} and id <= $${next + 1}`, [
    ...selected,
    after,
    last ?? after,
  ]);
  const { rows: written } = await client.query<{ deleted: number; status: JobStatus }>(
    `update promotion_jobs set
       deleted = coalesce(deleted, 0) + $3, status = case when $4 then 'completed' else status end,
       finished_at = case when $4 then clock_timestamp() end, run_seen_at = clock_timestamp(), updated_at = clock_timestamp()
     where id = $1 and run_token = $2 and status = 'processing' and failing is null
     returning deleted, status`,
    [run.id, run.token, rowCount ?? 0, n < codesPerSlice],
  );
  faultPoint('codes-removed');
  await client.query(written[0] ? 'commit' : 'rollback');
  return written[0] ? { ...written[0], last: last ?? after } : null;
}

import type { PoolClient } from 'pg';
import { byKey } from '#lib/codes/by-key';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import type { Run } from '#lib/jobs/engine/run';
import type { Watch } from '#lib/jobs/engine/watch';
import type { JobStatus } from '#prisma/enums';

/** How a job ended without codes. */
export type TakenBack = { status: JobStatus; deleted: number };

// Each is one short transaction: nobody waits for the promotion for long, and a worker that stops loses only one.
const codesAtATime = 25_000;

/**
 * Ends a job that fails or is being cancelled: its codes go, newest first, and with the last of them the job
 * is final. Goes on from what is committed, and writes nothing once the job is another run's. Returns null
 * when there is nothing to end here, or when the run must leave first.
 */
export async function takeBack(client: PoolClient, run: Run, watch: Watch): Promise<TakenBack | null> {
  const sight = await watch.look();
  if (sight === 'lost') return null;
  let { status, generated, deleted } = sight;
  watch.moved(deleted);
  if (status === 'processing' && !sight.failing) return null;
  let below: string | null = null;
  while (status === 'processing' || status === 'cancelling') {
    if (watch.leave.aborted) return null;
    const most = Math.min(codesAtATime, generated - deleted);
    await client.query(`begin; ${byKey}`);
    const gone = await removeNewest(client, run, below, most);
    // Fewer than there should be: somebody else removed some of them, and now there are none.
    const last = gone.codes < most || deleted + gone.codes === generated;
    const written = await note(client, run, gone.codes, last);
    faultPoint('codes-removed');
    await client.query(written ? 'commit' : 'rollback');
    if (!written) return null;
    ({ status, generated, deleted } = written);
    watch.moved(deleted);
    below = gone.lowest ?? below;
  }
  return { status, deleted };
}

async function removeNewest(
  client: PoolClient,
  run: Run,
  below: string | null,
  most: number,
): Promise<{ codes: number; lowest: string | null }> {
  if (most === 0) return { codes: 0, lowest: null };
  // The lock order of lib/transaction.ts: the promotion first.
  await client.query('select from promotions where id = $1 for no key update', [run.promotionId]);
  const ofJob = 'promotion_id = $1 and job_id = $2 and id < coalesce($3::bigint, 9223372036854775807)';
  const { rows } = await client.query<{ lowest: string | null }>(
    `select min(id) as lowest from (select id from promotion_codes where ${ofJob} order by id desc limit $4) as newest`,
    [run.promotionId, run.id, below, most],
  );
  const lowest = rows[0]?.lowest ?? null;
  // A range, and no list to join with: where the database does not know yet how many codes a promotion has, it joined
  // by reading all of them for each one, for minutes.
  const { rowCount } = await client.query(`delete from promotion_codes where ${ofJob} and id >= $4`, [
    run.promotionId,
    run.id,
    below,
    lowest,
  ]);
  return { codes: rowCount ?? 0, lowest };
}

/** The fence of a removal, and its progress. */
async function note(
  client: PoolClient,
  run: Run,
  codes: number,
  last: boolean,
): Promise<{ status: JobStatus; generated: number; deleted: number } | undefined> {
  const { rows } = await client.query<{ status: JobStatus; generated: number; deleted: number }>(
    `update promotion_jobs set
       deleted = case job_type when 'code_generate' then coalesce(deleted, 0) + $3 end,
       status = case when not $4 then status when status = 'cancelling' then 'cancelled' else 'failed' end,
       error = case when $4 and status = 'processing' then failing end,
       file_rows = null, finished_at = case when $4 then clock_timestamp() end,
       run_seen_at = clock_timestamp(), updated_at = clock_timestamp()
     where id = $1 and run_token = $2 and (status = 'cancelling' or (status = 'processing' and failing is not null))
     returning status, generated, coalesce(deleted, 0) as deleted`,
    [run.id, run.token, codes, last],
  );
  return rows[0];
}

import type { PoolClient } from 'pg';
import { faultPoint } from '#lib/jobs/engine/fault-point';
import type { JobHandler, RolledBack } from '#lib/jobs/engine/handler';
import type { Run } from '#lib/jobs/engine/run';
import type { Watch } from '#lib/jobs/engine/watch';
import type { JobStatus } from '#prisma/enums';

/** How a job ended that failed or was cancelled, and how many of its codes were removed. */
export type RollbackEnd = { status: JobStatus; deleted: number };

// Each step is one short transaction: the promotion is never locked for long, and a worker that stops loses only one.
const codesPerStep = 25_000;

/**
 * Ends a job that fails or is being cancelled: what it created is removed step by step, newest first, and the last step
 * makes its status final. Resumes from what is committed, and writes nothing once another run holds the job. Returns null
 * when there is nothing to end here, or when the run must leave first.
 */
export async function rollback(client: PoolClient, run: Run, watch: Watch, step: JobHandler['rollback']): Promise<RollbackEnd | null> {
  const snapshot = await watch.poll();
  if (snapshot === 'lost') return null;
  let { status, generated, deleted } = snapshot;
  watch.moved(deleted);
  if (status === 'processing' && !snapshot.failing) return null;
  let below: string | null = null;
  while (status === 'processing' || status === 'cancelling') {
    if (watch.leave.aborted) return null;
    const most = Math.min(codesPerStep, generated - deleted);
    await client.query('begin');
    const removed: RolledBack = step ? await step(client, run, below, most) : { codes: 0, lowest: null };
    // Fewer than expected: other people removed some of the codes meanwhile, and none are left.
    const last = !step || removed.codes < most || deleted + removed.codes === generated;
    const written = await record(client, run, step ? removed.codes : null, last);
    faultPoint('codes-removed');
    await client.query(written ? 'commit' : 'rollback');
    if (!written) return null;
    ({ status, generated, deleted } = written);
    watch.moved(deleted);
    below = removed.lowest ?? below;
  }
  return { status, deleted };
}

/** Records a step: its progress and, by the run token in its `where`, its fence. `codes` is null for a kind of job that creates none. */
async function record(
  client: PoolClient,
  run: Run,
  codes: number | null,
  last: boolean,
): Promise<{ status: JobStatus; generated: number; deleted: number } | undefined> {
  const { rows } = await client.query<{ status: JobStatus; generated: number; deleted: number }>(
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
  return rows[0];
}

import type { Database } from '#lib/db';
import { enqueue } from '#lib/jobs/queue';

const quietSeconds = 15;

/**
 * Puts active jobs that no run works on back in the queue. The queue does this by itself; this is the net
 * under it, since a job is promised an end and the row, not the queue, is the truth. An entry that is
 * there already stays the only one.
 */
export async function sweep(db: Database): Promise<void> {
  const quiet = await db.$queryRaw<{ id: string }[]>`
    select id from promotion_jobs
    where status in ('pending', 'processing', 'cancelling')
      and greatest(created_at, run_seen_at) < clock_timestamp() - make_interval(secs => ${quietSeconds})
    order by created_at limit 1000`;
  for (const { id } of quiet) await enqueue(db, id);
}

import type { PoolClient } from 'pg';
import { z } from 'zod';
import { setKeyOrder } from '#lib/codes/by-key.sql';
import { readPgRows } from '#lib/database/rows';
import { lockPromotionFirst } from '#lib/jobs/engine/fenced.sql';
import type { RolledBack } from '#lib/jobs/engine/handler';
import type { Run } from '#lib/jobs/engine/run.sql';

/** Removes the newest codes of a job, at most `limit` of those below the key `below`, within the caller's transaction. */
export async function removeNewestCodes(client: PoolClient, run: Run, below: string | null, limit: number): Promise<RolledBack> {
  if (limit === 0) return { codes: 0, lowest: null };
  await setKeyOrder(client);
  await lockPromotionFirst(client, run.promotionId);
  const ofJob = 'promotion_id = $1 and job_id = $2 and id < coalesce($3::bigint, 9223372036854775807)';
  const [newest] = await readPgRows(
    client,
    z.object({ lowest: z.string().nullable() }),
    `select min(id) as lowest from (select id from promotion_codes where ${ofJob} order by id desc limit $4) as newest`,
    [run.promotionId, run.id, below, limit],
  );
  const lowest = newest?.lowest ?? null;
  // A range instead of a join with a list of keys: without statistics of the new codes, the planner read all codes of the
  // promotion for each key, which took minutes.
  const { rowCount } = await client.query(`delete from promotion_codes where ${ofJob} and id >= $4`, [
    run.promotionId,
    run.id,
    below,
    lowest,
  ]);
  return { codes: rowCount ?? 0, lowest };
}

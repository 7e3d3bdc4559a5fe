import { z } from 'zod';
import { readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import type { RedemptionKey } from '#lib/redemptions/key';
import { periodOf } from '#lib/redemptions/key.sql';
import { addToCounts, noJob, ownSlot } from '#lib/redemptions/usages/counts.sql';
import { Prisma } from '#prisma/client';

const mostHolds = 500;

/**
 * Gives uses back: those of the rows `due` (`promotion_number`, `id`, `returned`: how many uses are to be back in all). A row that has
 * so many back already stays as it is, so that a repetition gives nothing back twice. Lock order: rows, codes and counts, each by its key.
 */
function giveBack(due: Prisma.Sql, { by, expired }: { by: string | null; expired: boolean }): Prisma.Sql {
  const counts = Prisma.sql`
    select promotion_number, case when unlimited then code_id else 0 end, job_id, ${periodOf(Prisma.sql`id`)}, ${ownSlot},
      sum(before - after), -count(*) filter (where after = quantity)
    from code`;
  return Prisma.sql`
    due as materialized (${due}),
    locked as materialized (
      select r.promotion_number, r.id, r.code_id, r.quantity, r.returned as before, due.returned as after
      from due join redemptions as r on r.promotion_number = due.promotion_number and r.id = due.id
      where r.returned < due.returned order by r.promotion_number, r.id for no key update of r
    ), changed as (
      update redemptions as r set returned = l.after from locked as l where r.promotion_number = l.promotion_number and r.id = l.id
      returning l.*
    ), recorded as (
      insert into redemption_changes (promotion_number, id, updated_at, updated_by, expired)
      select promotion_number, id, statement_timestamp(), ${by}::text, ${expired} from changed
      on conflict (promotion_number, id) do update
        set updated_at = excluded.updated_at, updated_by = excluded.updated_by, expired = excluded.expired
    ), code as materialized (
      select g.*, p.id as promotion_id, coalesce(c.job_id, removed.job_id, ${noJob}::uuid) as job_id,
        coalesce(c.max_uses is null and c.id is not null, false) or coalesce(removed.unlimited, false) as unlimited
      from changed as g
        left join promotions as p on p.number = g.promotion_number
        left join promotion_codes as c on c.promotion_id = p.id and c.id = g.code_id
        left join removed_codes as removed on removed.id = g.code_id
    ), code_locked as materialized (
      select c.promotion_id, c.id, g.uses from promotion_codes as c join (
        select promotion_id, code_id, sum(after - before) as uses from code where not unlimited group by 1, 2
      ) as g on c.promotion_id = g.promotion_id and c.id = g.code_id
      order by c.promotion_id, c.id for no key update of c
    ), given as (
      update promotion_codes as c set uses = c.uses + l.uses from code_locked as l where c.promotion_id = l.promotion_id and c.id = l.id
    ), counted as (
      ${addToCounts(counts)}
    )
    select count(*)::int as rows from changed`;
}

const changedRows = z.object({ rows: z.int() });

/**
 * Gives the uses back of holds that have run out, the oldest 500 of them at once. Returns true when uses came back. The sweep of the worker
 * calls it, and so does a redemption that finds no use left: a hold ends on time even when no worker runs.
 */
export async function giveBackExpiredHolds(db: Db): Promise<boolean> {
  const due = Prisma.sql`
    select r.promotion_number, r.id, r.quantity as returned from ended join redemptions as r on r.first_id = ended.id`;
  const statement = Prisma.sql`
    with ended as (
      delete from redemption_holds where id in (
        select id from redemption_holds where expires_at <= statement_timestamp() order by expires_at, id limit ${mostHolds} for update)
      returning id
    ), ${giveBack(due, { by: null, expired: true })}`;
  const [changed] = await readRows(db, changedRows, statement);
  return changed !== undefined && changed.rows > 0;
}

export type Return = RedemptionKey & { returned: number };

/** Sets how many uses of each row are given back in all; never less than there were. */
export async function returnUses(tx: Db, by: string, returns: readonly Return[]): Promise<void> {
  const numbers = returns.map(({ promotionNumber }) => promotionNumber);
  const ids = returns.map(({ id }) => id);
  const returned = returns.map((row) => row.returned);
  const due = Prisma.sql`select * from unnest(${numbers}::int[], ${ids}::bigint[], ${returned}::int[]) as t (promotion_number, id, returned)`;
  await tx.$queryRaw`with ${giveBack(due, { by, expired: false })}`;
}

import { z } from 'zod';
import { readRow, readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { minutesPerPeriod } from '#lib/redemptions/key';
import { Prisma } from '#prisma/client';

// Redemptions and rollbacks update `redemption_counts`, so that a promotion with a million uses is read as fast as one with ten.

const secondsPerPeriod = minutesPerPeriod * 60;

/** The job of codes that were added by hand, in `redemption_counts`. */
export const noJob = '00000000-0000-0000-0000-000000000000';

// One slot for each connection, and 0 for what the sweep has merged.
export const ownSlot = Prisma.sql`(1 + pg_backend_pid() % 64)::smallint`;

/**
 * Returns the part of a statement that adds counts to `redemption_counts`. `counts` selects a promotion number, code id (0 for limited
 * codes), job id, period and slot, then the uses and usages to add. It groups by the first four: they lead the key, whose order is the
 * lock order.
 */
export function addToCounts(counts: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`insert into redemption_counts (promotion_number, code_id, job_id, period, slot, used, usages)
    ${counts} group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (promotion_number, code_id, job_id, period, slot) do update
      set used = redemption_counts.used + excluded.used, usages = redemption_counts.usages + excluded.usages`;
}

const total = z.object({ used: z.int(), usages: z.int() });

/** Uses of a promotion that count, and the number of its usages. */
export async function readUsed(db: Db, promotionId: string): Promise<z.output<typeof total>> {
  return readRow(
    db,
    total,
    Prisma.sql`
      select coalesce(sum(n.used), 0)::int as used, coalesce(sum(n.usages), 0)::int as usages
      from promotions as p join redemption_counts as n on n.promotion_number = p.number where p.id = ${promotionId}::uuid`,
  );
}

const ofDay = z.object({ day: z.string(), used: z.int() });

/** Uses of a promotion by calendar day in `timeZone`, as `2026-12-06`, the oldest first. Days without a use are left out. */
export function readUsedByDay(db: Db, promotionId: string, timeZone: string): Promise<z.output<typeof ofDay>[]> {
  return readRows(
    db,
    ofDay,
    Prisma.sql`
      select to_char(to_timestamp(n.period::bigint * ${secondsPerPeriod}::int) at time zone ${timeZone}, 'YYYY-MM-DD') as day, sum(n.used)::int as used
      from promotions as p join redemption_counts as n on n.promotion_number = p.number where p.id = ${promotionId}::uuid
      group by 1 having sum(n.used) > 0 order by 1`,
  );
}

const ofJob = z.object({ jobId: z.string().nullable(), name: z.string().nullable(), generated: z.int().nullable(), used: z.int() });

/**
 * Uses of a promotion by the job that generated the codes, with the job's name and how many codes it generated. All three are null for
 * codes added by hand. Jobs without a use are left out.
 */
export function readUsedByJob(db: Db, promotionId: string): Promise<z.output<typeof ofJob>[]> {
  return readRows(
    db,
    ofJob,
    Prisma.sql`
      select nullif(n.job_id, ${noJob}::uuid)::text as "jobId", j.name, j.generated, sum(n.used)::int as used
      from promotions as p join redemption_counts as n on n.promotion_number = p.number left join promotion_jobs as j on j.id = n.job_id
      where p.id = ${promotionId}::uuid group by 1, 2, 3 having sum(n.used) > 0 order by 4 desc`,
  );
}

const ofCode = z.object({ id: z.bigint(), used: z.int() });

/** Uses of codes whose uses are unlimited, by the id of the code. A code without a use is not in it. */
export async function readUsedOfUnlimited(
  db: Db,
  codes: readonly { id: bigint; promotionId: string }[],
): Promise<ReadonlyMap<bigint, number>> {
  if (codes.length === 0) return new Map();
  const promotionIds = codes.map(({ promotionId }) => promotionId);
  const ids = codes.map(({ id }) => id);
  const rows = await readRows(
    db,
    ofCode,
    Prisma.sql`
      select n.code_id as id, sum(n.used)::int as used from unnest(${promotionIds}::uuid[], ${ids}::bigint[]) as k (promotion_id, id)
        join promotions as p on p.id = k.promotion_id join redemption_counts as n on n.promotion_number = p.number and n.code_id = k.id
      group by 1`,
  );
  return new Map(rows.map(({ id, used }) => [id, used]));
}

/**
 * Merges the slots of past periods, which no connection counts in any more but for a rollback. Waits for nobody: a row that
 * somebody has locked is left for the next time.
 */
export async function mergeCounts(db: Db): Promise<void> {
  await db.$executeRaw`
    with past as (
      delete from redemption_counts as n using (
        select promotion_number, code_id, job_id, period, slot from redemption_counts
        where slot <> 0 and period < floor(extract(epoch from now()) / ${secondsPerPeriod}::int) - 1 for update skip locked
      ) as k
      where (n.promotion_number, n.code_id, n.job_id, n.period, n.slot) = (k.promotion_number, k.code_id, k.job_id, k.period, k.slot)
      returning n.*
    )
    ${addToCounts(Prisma.sql`select promotion_number, code_id, job_id, period, 0, sum(used), sum(usages) from past`)}`;
}

import { z } from 'zod';
import { readRow, readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { msOf } from '#lib/redemptions/key.sql';
import { type RedemptionRow, readChosen } from '#lib/redemptions/rows.sql';
import { Prisma } from '#prisma/client';

/** The attributes by which a list of usages can be sorted, with their names in the API. */
export const usageOrders = ['used_on', 'updated_at', 'id', 'code', 'order_id', 'customer_id', 'customer_email'] as const;

export type UsageOrder = { by: (typeof usageOrders)[number]; descending: boolean };

/** Usages of a promotion that count: of some codes, from each of some ids on and before each of others. */
export type UsageSelection = {
  promotionNumber: number;
  codeIds?: readonly bigint[] | undefined;
  from: readonly bigint[];
  before: readonly bigint[];
};

// An index of all uses of a code is slower than a walk through the promotion once so many of the promotion's usages are of the code.
const manyUsages = 10_000;

function condition({ promotionNumber, codeIds, from, before }: UsageSelection, total: number): Prisma.Sql {
  const codeId = total > manyUsages ? Prisma.sql`u.code_id + 0` : Prisma.sql`u.code_id`;
  return Prisma.join(
    [
      Prisma.sql`u.promotion_number = ${promotionNumber} and u.returned < u.quantity`,
      ...(codeIds ? [Prisma.sql`${codeId} = any(${codeIds}::bigint[])`] : []),
      ...from.map((id) => Prisma.sql`u.id >= ${id}`),
      ...before.map((id) => Prisma.sql`u.id < ${id}`),
    ],
    ' and ',
  );
}

const count = z.object({ total: z.int() });

/** How many usages there are. */
export async function countUsages(db: Db, selection: UsageSelection): Promise<number> {
  const statement = Prisma.sql`select count(*)::int as total from redemptions as u where ${condition(selection, 0)}`;
  return (await readRow(db, count, statement)).total;
}

type Page = { order: UsageOrder; limit: number; offset: number; total: number };

/** One page of usages. */
export function readUsages(db: Db, selection: UsageSelection, page: Page): Promise<RedemptionRow[]> {
  const where = condition(selection, page.total);
  const { by } = page.order;
  if (by === 'used_on' || by === 'id') return readChosen(db, byTime(where, page));
  if (by === 'updated_at') return readChosen(db, byChange(where, page));
  return readChosen(db, byText(where, page, by));
}

const direction = ({ order }: Page) => (order.descending ? Prisma.sql`desc` : Prisma.sql`asc`);

function byTime(where: Prisma.Sql, page: Page): Prisma.Sql {
  const way = direction(page);
  return Prisma.sql`
    select u.promotion_number, u.id, row_number() over (order by u.id ${way}) as place
    from redemptions as u where ${where} order by u.id ${way} limit ${page.limit} offset ${page.offset}`;
}

/** Of the usages that never changed and of those that did, as many as the page reaches: both have an index. */
function byChange(where: Prisma.Sql, page: Page): Prisma.Sql {
  const way = direction(page);
  const reach = page.offset + page.limit;
  return Prisma.sql`
    select promotion_number, id, row_number() over (order by ms ${way}, id ${way}) as place from (
      (select u.promotion_number, u.id, ${msOf(Prisma.sql`u.id`)} as ms from redemptions as u
        where ${where} and not exists (select from redemption_changes as g where g.promotion_number = u.promotion_number and g.id = u.id)
        order by u.id ${way} limit ${reach})
      union all
      (select u.promotion_number, u.id, extract(epoch from g.updated_at) * 1000 as ms
        from redemption_changes as g join redemptions as u on u.promotion_number = g.promotion_number and u.id = g.id
        where ${where} order by g.updated_at ${way} limit ${reach})
    ) as reached
    order by place limit ${page.limit} offset ${page.offset}`;
}

function byText(where: Prisma.Sql, page: Page, by: 'code' | 'order_id' | 'customer_id' | 'customer_email'): Prisma.Sql {
  const way = direction(page);
  const key = {
    code: Prisma.sql`lower(coalesce(c.code, removed.code))`,
    order_id: Prisma.sql`u.order_id`,
    customer_id: Prisma.sql`u.customer_id`,
    // Not kept: all usages are alike in it.
    customer_email: Prisma.sql`u.id`,
  }[by];
  return Prisma.sql`
    select u.promotion_number, u.id, row_number() over (order by ${key} ${way}, u.id ${way}) as place
    from redemptions as u
      left join promotions as p on p.number = u.promotion_number
      left join promotion_codes as c on c.promotion_id = p.id and c.id = u.code_id
      left join removed_codes as removed on removed.id = u.code_id
    where ${where} order by place limit ${page.limit} offset ${page.offset}`;
}

/** The latest redemptions of a promotion, or of some of its codes; with `before`, those before this id. */
export function readLatest(
  db: Db,
  promotionId: string,
  { codeIds, before, limit }: { codeIds?: readonly bigint[] | undefined; before?: bigint | undefined; limit: number },
): Promise<RedemptionRow[]> {
  const ofCodes = codeIds ? Prisma.sql`and u.code_id = any(${codeIds}::bigint[])` : Prisma.empty;
  const older = before === undefined ? Prisma.empty : Prisma.sql`and u.id < ${before}`;
  // The order of the primary key for a whole promotion; the few rows of a code are sorted.
  const order = codeIds ? Prisma.sql`u.id desc` : Prisma.sql`u.promotion_number desc, u.id desc`;
  return readChosen(
    db,
    Prisma.sql`
      select u.promotion_number, u.id, -u.id as place from promotions as p join redemptions as u on u.promotion_number = p.number
      where p.id = ${promotionId}::uuid ${ofCodes} ${older} order by ${order} limit ${limit}`,
  );
}

/** Those of the promotions that have a redemption recorded, whether its uses still count or not. */
export async function readPromotionsWithUses(db: Db, promotionIds: readonly string[]): Promise<ReadonlySet<string>> {
  const statement = Prisma.sql`
    select p.id from promotions as p where p.id = any(${promotionIds}::uuid[])
      and exists (select from redemptions as r where r.promotion_number = p.number)`;
  return new Set((await readRows(db, z.object({ id: z.string() }), statement)).map(({ id }) => id));
}

/** How many codes of a promotion have uses that count. Reads all its redemptions: a million take half a second. */
export async function countUsedCodes(db: Db, promotionId: string): Promise<number> {
  const statement = Prisma.sql`
    select count(*)::int as total from (
      select distinct r.code_id from promotions as p join redemptions as r on r.promotion_number = p.number
      where p.id = ${promotionId}::uuid and r.returned < r.quantity
    ) as used join promotion_codes as c on c.promotion_id = ${promotionId}::uuid and c.id = used.code_id`;
  return (await readRow(db, count, statement)).total;
}

const idRow = z.object({ id: z.bigint() });

/** The ids of a code of a promotion, folded: its own, and those of removed codes that read the same. */
export async function readCodeIds(db: Db, promotionId: string, folded: string): Promise<bigint[]> {
  const statement = Prisma.sql`
    select id from promotion_codes where promotion_id = ${promotionId}::uuid and lower(code) = ${folded}
    union all select id from removed_codes where promotion_id = ${promotionId}::uuid and lower(code) = ${folded}`;
  return (await readRows(db, idRow, statement)).map(({ id }) => id);
}

import { z } from 'zod';
import { codeColumns } from '#lib/codes/columns';
import type { Uses } from '#lib/codes/status';
import { readRows, selectList } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { ranOut, usesLeft } from '#lib/redemptions/holds/uses-left.sql';
import type { ConsumeUnit } from '#prisma/client';
import { Prisma } from '#prisma/client';

/** A code as the screens show it. */
export type CodeRow = Uses & {
  id: bigint;
  promotionId: string;
  code: string;
  consumeUnit: ConsumeUnit;
  /** The only user, or users, that may use the code. */
  user: string | null;
  createdBy: string;
  createdAt: Date;
  /** The job that created the code; null for a code added by hand. */
  job: { id: string; name: string | null } | null;
};

const columns = codeColumns.omit({ user: true, users: true, jobId: true });
const row = columns.extend({
  user: codeColumns.shape.user,
  job: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
});

/** Reads those codes of existing promotions that `selection`, a part of a `from` clause, names `c`, in the order of its column `place`. */
async function readCodes(db: Db, selection: Prisma.Sql): Promise<CodeRow[]> {
  const statement = Prisma.sql`
    with ${ranOut}
    select ${selectList(columns.omit({ uses: true }), 'c')}, ${usesLeft} as uses, coalesce(c."user", array_to_string(c.users, ', ')) as "user",
      case when j.id is not null then json_build_object('id', j.id, 'name', j.name) end as job
    from ${selection}
    join promotions as p on p.id = c.promotion_id and p.deleting_at is null
    left join promotion_jobs as j on j.id = c.job_id
    order by place`;
  return (await readRows(db, row, statement)).map(({ uses, ...code }) => ({ ...code, usesLeft: uses }));
}

/** Codes of a promotion, in the order of `ids`. */
export function readCodesById(db: Db, promotionId: string, ids: readonly bigint[]): Promise<CodeRow[]> {
  return readCodes(
    db,
    Prisma.sql`unnest(${ids}::bigint[]) with ordinality as chosen (id, place)
      join promotion_codes as c on c.promotion_id = ${promotionId}::uuid and c.id = chosen.id`,
  );
}

/** Codes of any promotion by their folded text, in the order of `folded`. */
export function readFoldedCodes(db: Db, folded: readonly string[]): Promise<CodeRow[]> {
  return readCodes(
    db,
    Prisma.sql`unnest(${folded}::text[]) with ordinality as chosen (folded, place)
      join promotion_codes as c on lower(c.code) = chosen.folded`,
  );
}

const apiColumns = codeColumns.omit({ id: true, promotionId: true });

/** A code as the API shows it. `uses` is the number of uses left. */
export type ApiCodeColumns = z.output<typeof apiColumns>;

const totalOnly = z.object({ total: z.int() });
// A promotion without a matching code is one row without a code.
const apiRow = z.union([totalOnly.extend(apiColumns.shape), totalOnly.extend({ code: z.null() })]);

type ApiPage = { rows: ApiCodeColumns[]; total: number } | null;

/** A page of a promotion's codes in the order of their creation, and how many codes it has; null without a promotion. */
export function readApiPage(db: Db, promotionId: string, { limit, offset }: { limit: number; offset: number }): Promise<ApiPage> {
  return readOfPromotion(db, promotionId, Prisma.sql`order by id limit ${limit} offset ${offset}`, Prisma.sql`c.id`);
}

/** All codes of a promotion that are one of `folded` and sort after all of `after`; null without a promotion. */
export function readFilteredCodes(
  db: Db,
  promotionId: string,
  { folded, after }: { folded: readonly string[] | undefined; after: readonly string[] | undefined },
): Promise<ApiPage> {
  const oneOf = folded ? Prisma.sql`and lower(code) = any(${folded})` : Prisma.empty;
  const greater = after ? Prisma.sql`and lower(code) > all(${after})` : Prisma.empty;
  return readOfPromotion(db, promotionId, Prisma.sql`${oneOf} ${greater}`, after ? Prisma.sql`lower(c.code)` : Prisma.sql`c.id`);
}

/** One statement reads the promotion and its codes: clients read page after page, and each statement is a large part of a call's time. */
async function readOfPromotion(db: Db, promotionId: string, condition: Prisma.Sql, order: Prisma.Sql): Promise<ApiPage> {
  const statement = Prisma.sql`
    with ${ranOut}
    select p.code_count as total, ${selectList(apiColumns.omit({ uses: true }), 'c')}, ${usesLeft} as uses
    from promotions as p left join lateral (select * from promotion_codes where promotion_id = p.id ${condition}) as c on true
    where p.id = ${promotionId}::uuid and p.deleting_at is null
    order by ${order}`;
  const found = await readRows(db, apiRow, statement);
  return found[0] ? { rows: found.filter((each) => each.code !== null), total: found[0].total } : null;
}

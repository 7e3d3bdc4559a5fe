import { bareCode, spellings } from '#lib/codes/reading';
import { type CodeOrder, codeLimits } from '#lib/codes/schema';
import type { Db } from '#lib/db';
import { Prisma } from '#prisma/client';

/** Which codes of a promotion a list shows, and from where on. */
export type CodeSelection = { promotionId: string; search: string; order: CodeOrder; offset: number; limit: number };

/** The ids of the codes to show, in their order; `total` is what a search found, null without one. */
export async function pickCodes(db: Db, selection: CodeSelection): Promise<{ ids: bigint[]; total: number | null }> {
  const { search, order, offset, limit } = selection;
  if (search) {
    const found = await searchCodes(db, selection);
    return { ids: found.slice(offset, offset + limit), total: found.length };
  }
  if (order === 'newest') return { ids: await newestCodes(db, selection), total: null };
  return { ids: (await walkByCode(db, selection)) ?? (await sortByCode(db, selection)), total: null };
}

type Ids = { id: bigint }[];

const idsOf = (rows: Ids) => rows.map(({ id }) => id);

async function newestCodes(db: Db, { promotionId, offset, limit }: CodeSelection): Promise<bigint[]> {
  return idsOf(
    await db.$queryRaw<Ids>`
    select id from promotion_codes where promotion_id = ${promotionId}::uuid order by id desc limit ${limit} offset ${offset}`,
  );
}

// The index on the lower-cased code is in the right order already, but holds the codes of all promotions. It is
// walked from where the promotion's first code can be, and ten times as far as the page reaches: where a promotion's
// codes stand together, as they do with a prefix, or are a good part of all, that is its page, in 15 ms at most.
async function walkByCode(db: Db, { promotionId, offset, limit }: CodeSelection): Promise<bigint[] | null> {
  const rows = await db.$queryRaw<Ids>`
    select id from (
      select promotion_id, id, lower(code) as folded from promotion_codes
      where lower(code) >= least(
        (select min(lower(coalesce(code_prefix, '') collate "C")) from promotion_jobs
         where promotion_id = ${promotionId}::uuid and job_type = 'code_generate'),
        (select min(lower(code)) from promotion_codes where promotion_id = ${promotionId}::uuid and job_id is null)
      )
      order by folded limit ${10 * (offset + limit)}
    ) as walked
    where promotion_id = ${promotionId}::uuid order by folded limit ${limit} offset ${offset}`;
  return rows.length === limit ? idsOf(rows) : null;
}

// An order that no index has, lest the planner walk that one to its end after all.
const sorted = Prisma.sql`lower(code) || ''`;

async function sortByCode(db: Db, { promotionId, offset, limit }: CodeSelection): Promise<bigint[]> {
  return idsOf(
    await db.$queryRaw<Ids>`
    select id from promotion_codes where promotion_id = ${promotionId}::uuid order by ${sorted} limit ${limit} offset ${offset}`,
  );
}

/** Codes with what is searched for in them: as it is spelled, and where there is none, whatever its dashes. */
async function searchCodes(db: Db, selection: CodeSelection): Promise<bigint[]> {
  for (const spelling of spellings(selection.search)) {
    const ids = await codesWith(db, selection, Prisma.sql`lower(code)`, spelling);
    if (ids.length > 0) return ids;
  }
  const bare = bareCode(selection.search);
  return bare === '' ? [] : codesWith(db, selection, Prisma.sql`translate(lower(code), '-_', '')`, bare);
}

/** All matches as far as a list reaches, and one more: one pass over the promotion's codes finds the page and the count. */
async function codesWith(db: Db, { promotionId, order }: CodeSelection, text: Prisma.Sql, part: string): Promise<bigint[]> {
  const pattern = `%${part.replace(/[\\%_]/g, '\\$&')}%`;
  return idsOf(
    await db.$queryRaw<Ids>`
    select id from promotion_codes
    where promotion_id = ${promotionId}::uuid and ${text} like ${pattern}
    order by ${order === 'newest' ? Prisma.sql`id desc` : sorted} limit ${codeLimits.maxOffset + 1}`,
  );
}

import { z } from 'zod';
import { bareCode, spellings } from '#lib/codes/find/reading';
import { type CodeOrder, codeLimits } from '#lib/codes/schema';
import { readRows } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { Prisma } from '#prisma/client';

/** The part of a promotion's codes that a list shows. */
export type CodeSelection = { promotionId: string; search: string; order: CodeOrder; offset: number; limit: number };

/** The ids of the codes to show, in their order. `total` is the number of matches of a search; null without a search. */
export async function readPageIds(db: Db, selection: CodeSelection): Promise<{ ids: bigint[]; total: number | null }> {
  const { search, order, offset, limit } = selection;
  if (search) {
    const found = await searchCodes(db, selection);
    return { ids: found.slice(offset, offset + limit), total: found.length };
  }
  if (order === 'newest') return { ids: await newestCodes(db, selection), total: null };
  return { ids: (await walkByCode(db, selection)) ?? (await sortByCode(db, selection)), total: null };
}

const idRow = z.object({ id: z.bigint() });

async function readIds(db: Db, statement: Prisma.Sql): Promise<bigint[]> {
  return (await readRows(db, idRow, statement)).map(({ id }) => id);
}

function newestCodes(db: Db, { promotionId, offset, limit }: CodeSelection): Promise<bigint[]> {
  return readIds(
    db,
    Prisma.sql`select id from promotion_codes where promotion_id = ${promotionId}::uuid order by id desc limit ${limit} offset ${offset}`,
  );
}

// The index on the lower-cased code has the right order, but holds the codes of all promotions. The statement walks it from the
// first possible code of the promotion, ten times as far as the page reaches. Where the promotion's codes are adjacent, as with a
// prefix, or a large part of all codes, that finds the page in 15 ms at most. Null when it does not.
async function walkByCode(db: Db, { promotionId, offset, limit }: CodeSelection): Promise<bigint[] | null> {
  const ids = await readIds(
    db,
    Prisma.sql`
    select id from (
      select promotion_id, id, lower(code) as folded from promotion_codes
      where lower(code) >= least(
        (select min(lower(coalesce(code_prefix, '') collate "C")) from promotion_jobs
         where promotion_id = ${promotionId}::uuid and job_type = 'code_generate'),
        (select min(lower(code)) from promotion_codes where promotion_id = ${promotionId}::uuid and job_id is null)
      )
      order by folded limit ${10 * (offset + limit)}
    ) as walked
    where promotion_id = ${promotionId}::uuid order by folded limit ${limit} offset ${offset}`,
  );
  return ids.length === limit ? ids : null;
}

// An expression that no index has, so that the planner cannot choose to walk the index to its end.
const sorted = Prisma.sql`lower(code) || ''`;

function sortByCode(db: Db, { promotionId, offset, limit }: CodeSelection): Promise<bigint[]> {
  return readIds(
    db,
    Prisma.sql`
    select id from promotion_codes where promotion_id = ${promotionId}::uuid order by ${sorted} limit ${limit} offset ${offset}`,
  );
}

/** Codes that contain the searched text as it is spelled, or else with any dashes. */
async function searchCodes(db: Db, selection: CodeSelection): Promise<bigint[]> {
  for (const spelling of spellings(selection.search)) {
    const ids = await codesWith(db, selection, Prisma.sql`lower(code)`, spelling);
    if (ids.length > 0) return ids;
  }
  const bare = bareCode(selection.search);
  return bare === '' ? [] : codesWith(db, selection, Prisma.sql`translate(lower(code), '-_', '')`, bare);
}

/** All matches that a list can show, and one more: one pass over the promotion's codes finds the page and the count. */
function codesWith(db: Db, { promotionId, order }: CodeSelection, text: Prisma.Sql, part: string): Promise<bigint[]> {
  const pattern = `%${part.replace(/[\\%_]/g, '\\$&')}%`;
  return readIds(
    db,
    Prisma.sql`
    select id from promotion_codes
    where promotion_id = ${promotionId}::uuid and ${text} like ${pattern}
    order by ${order === 'newest' ? Prisma.sql`id desc` : sorted} limit ${codeLimits.maxOffset + 1}`,
  );
}

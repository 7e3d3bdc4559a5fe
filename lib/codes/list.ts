import { findCodes } from '#lib/codes/find';
import { foldCode } from '#lib/codes/fold';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { Actor } from '#lib/users/permissions';
import { type ConsumeUnit, Prisma } from '#prisma/client';

export type CodesOfPromotion = { promotionId: string; code?: string; code_after?: readonly string[]; limit: number; offset: number };

/** `gt` sorts all codes of a promotion at each call. */
const mostSorted = 10_000;

export const tooManyForGt = `gt works in promotions of up to ${mostSorted} codes: create a code_export job to read all of more`;

/** A code as programs get it. */
export type ListedCode = {
  code: string;
  consumeUnit: ConsumeUnit;
  maxUses: number | null;
  usesLeft: number | null;
  user: string | null;
  users: string[] | null;
  createdBy: string;
  createdAt: Date;
  jobId: string | null;
};

/**
 * Some of a promotion's codes in the order in which they were added, so that new codes move no page, and how many there are. With
 * `code`, those that it means (usually one; two where codes differ only in dashes). With `code_after`, those after that code, in the
 * order of codes. Throws `not_found`, and `bad_request` for `code_after` where there are more than 10,000 codes.
 */
export async function listCodesOfPromotion(db: Db, _actor: Actor, asked: CodesOfPromotion): Promise<{ rows: ListedCode[]; total: number }> {
  const { promotionId, code, code_after, limit, offset } = asked;
  if (code === undefined && !code_after) return readPage(db, promotionId, Prisma.sql`order by id limit ${limit} offset ${offset}`);
  const found = code === undefined ? Prisma.empty : Prisma.sql`and lower(code) = any(${await findCodes(db, code)})`;
  if (code_after) await checkSortable(db, promotionId);
  const after = code_after ? Prisma.sql`and lower(code) > all(${code_after.map(foldCode)})` : Prisma.empty;
  const { rows } = await readPage(db, promotionId, Prisma.sql`${found} ${after}`, code_after ? Prisma.sql`lower(c.code)` : undefined);
  return { rows: rows.slice(offset, offset + limit), total: rows.length };
}

async function checkSortable(db: Db, promotionId: string): Promise<void> {
  const promotion = await db.promotion.findUnique({ where: { id: promotionId }, select: { codeCount: true } });
  if (promotion && promotion.codeCount > mostSorted) throw new DomainError('bad_request', { detail: tooManyForGt, source: 'filter' });
}

/** In one statement with the promotion itself: programs ask page after page, and each statement is a good part of what a page takes. */
async function readPage(
  db: Db,
  promotionId: string,
  which: Prisma.Sql,
  order = Prisma.sql`c.id`,
): Promise<{ rows: ListedCode[]; total: number }> {
  const found = await db.$queryRaw<({ total: number } & (ListedCode | { code: null }))[]>`
    select p.code_count as total, c.code, c.consume_unit as "consumeUnit", c.max_uses as "maxUses", c.uses as "usesLeft", c."user", c.users,
      c.created_by as "createdBy", c.created_at as "createdAt", c.job_id as "jobId"
    from promotions as p left join lateral (select * from promotion_codes where promotion_id = p.id ${which}) as c on true
    where p.id = ${promotionId}::uuid
    order by ${order}`;
  const [first] = found;
  if (!first) throw new DomainError('not_found', 'promotion not found');
  return { rows: found.filter((row) => row.code !== null), total: first.total };
}

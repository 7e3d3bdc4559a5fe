import { findCodes } from '#lib/codes/find';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { Actor } from '#lib/users/permissions';
import { type ConsumeUnit, Prisma } from '#prisma/client';

export type CodesOfPromotion = { promotionId: string; code?: string; limit: number; offset: number };

/** A code as programs get it. */
export type ListedCode = {
  code: string;
  consumeUnit: ConsumeUnit;
  maxUses: number | null;
  usesLeft: number | null;
  user: string | null;
  createdBy: string;
  createdAt: Date;
  jobId: string | null;
};

/**
 * Some of a promotion's codes in the order they were made, in which those that come meanwhile move nobody's page, and
 * how many there are; or the one that `code` means (usually; two where codes differ only in dashes). Throws `not_found`.
 */
export async function listCodesOfPromotion(
  db: Db,
  _actor: Actor,
  { promotionId, code, limit, offset }: CodesOfPromotion,
): Promise<{ rows: ListedCode[]; total: number }> {
  if (code === undefined) return readPage(db, promotionId, Prisma.sql`order by id limit ${limit} offset ${offset}`);
  const codes = await findCodes(db, code);
  const { rows } = await readPage(db, promotionId, Prisma.sql`and lower(code) = any(${codes})`);
  return { rows: rows.slice(offset, offset + limit), total: rows.length };
}

/** In one statement with the promotion itself: programs ask page after page, and each statement is a good part of what a page takes. */
async function readPage(db: Db, promotionId: string, which: Prisma.Sql): Promise<{ rows: ListedCode[]; total: number }> {
  const found = await db.$queryRaw<({ total: number } & (ListedCode | { code: null }))[]>`
    select p.code_count as total, c.code, c.consume_unit as "consumeUnit", c.max_uses as "maxUses", c.uses as "usesLeft", c."user",
      c.created_by as "createdBy", c.created_at as "createdAt", c.job_id as "jobId"
    from promotions as p left join lateral (select * from promotion_codes where promotion_id = p.id ${which}) as c on true
    where p.id = ${promotionId}::uuid
    order by c.id`;
  const [first] = found;
  if (!first) throw new DomainError('not_found', 'promotion not found');
  return { rows: found.filter((row) => row.code !== null), total: first.total };
}

import { type CodeRow, readCodes } from '#lib/codes/rows';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import type { Actor } from '#lib/users/permissions';
import { Prisma } from '#prisma/client';

export type CodesOfPromotion = { promotionId: string; code?: string; limit: number; offset: number };

/**
 * Some of a promotion's codes in the order they were made, in which those that come meanwhile move nobody's page, and
 * how many there are; or the one code asked for, in any case. Throws `not_found`.
 */
export async function listCodesOfPromotion(db: Db, _actor: Actor, asked: CodesOfPromotion): Promise<{ rows: CodeRow[]; total: number }> {
  const { promotionId, code, limit, offset } = asked;
  const promotion = await db.promotion.findUnique({ where: { id: promotionId }, select: { codeCount: true } });
  if (!promotion) throw new DomainError('not_found', 'promotion not found');
  const ofPromotion = Prisma.sql`select *, id as place from promotion_codes where promotion_id = ${promotionId}::uuid`;
  if (code === undefined) {
    return {
      rows: await readCodes(db, Prisma.sql`(${ofPromotion} order by id limit ${limit} offset ${offset}) as c`),
      total: promotion.codeCount,
    };
  }
  const found = await readCodes(db, Prisma.sql`(${ofPromotion} and lower(code) = lower(${code})) as c`);
  return { rows: found.slice(offset, offset + limit), total: found.length };
}

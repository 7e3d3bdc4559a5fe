import { findCodesInText } from '#lib/codes/find-in-text';
import { foldCode } from '#lib/codes/fold';
import { pickCodes } from '#lib/codes/pick';
import type { Line } from '#lib/codes/reading';
import { type CodeRow, readCodes } from '#lib/codes/rows';
import { type CodesAddress, codeLimits } from '#lib/codes/schema';
import { databaseNow } from '#lib/database/clock';
import type { Db } from '#lib/db';
import { type PromotionStatus, promotionStatus } from '#lib/promotions/status';
import type { Actor } from '#lib/users/permissions';
import { Prisma } from '#prisma/client';

export type { CodeRow } from '#lib/codes/rows';

const { pageSize, maxOffset } = codeLimits;

export type CodesPage = {
  codes: CodeRow[];
  /** All codes of the promotion, or those that match the search; a search counts no further than 10,001. */
  total: number;
  page: number;
  pages: number;
  /** Whether there are codes behind the last page that a list shows. */
  beyond: boolean;
  promotion: { automatic: boolean; codeCount: number };
};

/** One page of a promotion's codes, or null when there is no such promotion. A page past the end is the last one. */
export async function listCodes(db: Db, promotionId: string, { search, order, page }: CodesAddress): Promise<CodesPage | null> {
  const promotion = await db.promotion.findUnique({ where: { id: promotionId }, select: { automatic: true, codeCount: true } });
  if (!promotion) return null;
  const selection = { promotionId, search, order, limit: pageSize };
  const asked = await pickCodes(db, { ...selection, offset: (page - 1) * pageSize });
  const total = asked.total ?? promotion.codeCount;
  const pages = Math.max(1, Math.min(Math.ceil(total / pageSize), maxOffset / pageSize + 1));
  const shown = Math.min(page, pages);
  const { ids } = shown === page ? asked : await pickCodes(db, { ...selection, offset: (shown - 1) * pageSize });
  const codes = await readCodes(
    db,
    Prisma.sql`unnest(${ids}::bigint[]) with ordinality as chosen (id, place)
      join promotion_codes as c on c.promotion_id = ${promotionId}::uuid and c.id = chosen.id`,
  );
  return { codes, total, page: shown, pages, beyond: total > pages * pageSize, promotion };
}

/** What became of a code that somebody looked for: null when no promotion has it. */
export type LookedUp = { given: string; code: CodeRow | null; promotion: { name: string; status: PromotionStatus } | null };

/** Looks up the codes of a text over all promotions, in the order of the text. */
export async function lookUpCodes(db: Db, _actor: Actor, { text }: { text: Line[] }): Promise<LookedUp[]> {
  const mentions = await findCodesInText(db, text);
  const codes = await readCodes(
    db,
    Prisma.sql`unnest(${mentions.flatMap((mention) => mention.codes)}::text[]) with ordinality as chosen (folded, place)
      join promotion_codes as c on lower(c.code) = chosen.folded`,
  );
  const promotions = await db.promotion.findMany({
    where: { id: { in: [...new Set(codes.map(({ promotionId }) => promotionId))] } },
    select: { id: true, name: true, enabled: true, start: true, end: true },
  });
  const now = await databaseNow(db);
  const promotionOf = new Map(promotions.map(({ id, name, ...facts }) => [id, { name, status: promotionStatus(facts, now) }]));
  const codeOf = new Map(codes.map((code) => [foldCode(code.code), code]));
  const lookedUp = (given: string, code: CodeRow | null = null) => ({
    given,
    code,
    promotion: (code && promotionOf.get(code.promotionId)) ?? null,
  });
  return mentions.flatMap(({ given, codes }) =>
    codes.length > 0 ? codes.map((code) => lookedUp(given, codeOf.get(code))) : [lookedUp(given)],
  );
}

import { type ApiCodeColumns, readApiPage, readCodesById, readFilteredCodes, readFoldedCodes } from '#lib/codes/codes.sql';
import { findCodes } from '#lib/codes/find/find';
import { findCodesInText } from '#lib/codes/find/find-in-text';
import type { Line } from '#lib/codes/find/reading';
import { foldCode } from '#lib/codes/fold';
import { readPageIds } from '#lib/codes/page.sql';
import { type CodesAddress, codeLimits } from '#lib/codes/schema';
import { databaseNow } from '#lib/database/clock.sql';
import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { type PromotionStatus, promotionStatus } from '#lib/promotions/status';
import { type UsedCode, withUses } from '#lib/redemptions/query';
import { readPromotionsWithUses } from '#lib/redemptions/usages/usages.sql';
import type { Actor } from '#lib/users/permissions';

export type { CodeRow } from '#lib/codes/codes.sql';

import { existing } from '#lib/promotions/deletion/existing';

const { pageSize, maxOffset } = codeLimits;

export type CodesPage = {
  codes: UsedCode[];
  /** Whether the promotion has a redemption recorded. If not, the shop may count uses itself. */
  usesRecorded: boolean;
  /** All codes of the promotion, or those that match the search; a search counts up to 10,001. */
  total: number;
  page: number;
  pages: number;
  /** Whether there are codes after the last page that a list shows. */
  beyond: boolean;
  promotion: { automatic: boolean; codeCount: number };
};

/** One page of a promotion's codes, or null without a promotion. A page number past the end returns the last page. */
export async function listCodes(db: Db, promotionId: string, { search, order, page }: CodesAddress): Promise<CodesPage | null> {
  const promotion = await db.promotion.findUnique({
    where: { id: promotionId, ...existing },
    select: { automatic: true, codeCount: true },
  });
  if (!promotion) return null;
  const selection = { promotionId, search, order, limit: pageSize };
  const requested = await readPageIds(db, { ...selection, offset: (page - 1) * pageSize });
  const total = requested.total ?? promotion.codeCount;
  const pages = Math.max(1, Math.min(Math.ceil(total / pageSize), maxOffset / pageSize + 1));
  const shown = Math.min(page, pages);
  const { ids } = shown === page ? requested : await readPageIds(db, { ...selection, offset: (shown - 1) * pageSize });
  const codes = await withUses(db, await readCodesById(db, promotionId, ids));
  const usesRecorded = (await readPromotionsWithUses(db, [promotionId])).has(promotionId);
  return { codes, usesRecorded, total, page: shown, pages, beyond: total > pages * pageSize, promotion };
}

/** The result for one code of a pasted list: null when no promotion has it. */
export type LookedUp = {
  given: string;
  code: UsedCode | null;
  promotion: { name: string; status: PromotionStatus; usesRecorded: boolean } | null;
};

/** Looks up the codes of a text in all promotions, in the order of the text. */
export async function lookUpCodes(db: Db, _actor: Actor, { text }: { text: Line[] }): Promise<LookedUp[]> {
  const mentions = await findCodesInText(db, text);
  const found = await readFoldedCodes(
    db,
    mentions.flatMap((mention) => mention.codes),
  );
  const codes = await withUses(db, found);
  const promotionIds = [...new Set(codes.map(({ promotionId }) => promotionId))];
  const recorded = await readPromotionsWithUses(db, promotionIds);
  const promotions = await db.promotion.findMany({
    where: { id: { in: promotionIds } },
    select: { id: true, name: true, enabled: true, start: true, end: true },
  });
  const now = await databaseNow(db);
  const promotionOf = new Map(
    promotions.map(({ id, name, ...facts }) => [id, { name, status: promotionStatus(facts, now), usesRecorded: recorded.has(id) }]),
  );
  const codeOf = new Map(codes.map((code) => [foldCode(code.code), code]));
  const lookedUp = (given: string, code: UsedCode | null = null) => ({
    given,
    code,
    promotion: (code && promotionOf.get(code.promotionId)) ?? null,
  });
  return mentions.flatMap(({ given, codes }) =>
    codes.length > 0 ? codes.map((code) => lookedUp(given, codeOf.get(code))) : [lookedUp(given)],
  );
}

export type CodesOfPromotion = { promotionId: string; code?: string; code_after?: readonly string[]; limit: number; offset: number };

/** A filter by `gt` sorts all codes of a promotion at each call. */
const maxSorted = 10_000;

export const tooManyForGt = `gt works in promotions of up to ${maxSorted} codes: create a code_export job to read all of more`;

/**
 * The API's list: some of a promotion's codes and how many there are. The order is that of their creation, so that new codes move
 * no page. `code` selects the codes that it can mean: usually one, two when codes differ only in dashes. `code_after` selects the
 * codes after it in alphabetical order. Throws `not_found`, and `bad_request` for `code_after` above 10,000 codes.
 */
export async function listCodesOfPromotion(
  db: Db,
  _actor: Actor,
  { promotionId, code, code_after, limit, offset }: CodesOfPromotion,
): Promise<{ rows: ApiCodeColumns[]; total: number }> {
  if (code === undefined && !code_after) return orNotFound(await readApiPage(db, promotionId, { limit, offset }));
  const folded = code === undefined ? undefined : await findCodes(db, code);
  if (code_after) await checkSortable(db, promotionId);
  const { rows } = orNotFound(await readFilteredCodes(db, promotionId, { folded, after: code_after?.map(foldCode) }));
  return { rows: rows.slice(offset, offset + limit), total: rows.length };
}

async function checkSortable(db: Db, promotionId: string): Promise<void> {
  const promotion = await db.promotion.findUnique({ where: { id: promotionId, ...existing }, select: { codeCount: true } });
  if (promotion && promotion.codeCount > maxSorted) throw new DomainError('bad_request', { detail: tooManyForGt, source: 'filter' });
}

function orNotFound<T>(page: T | null): T {
  if (page === null) throw new DomainError('not_found', 'promotion not found');
  return page;
}

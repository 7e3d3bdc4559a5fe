import { databaseNow } from '#lib/database/clock.sql';
import type { Db } from '#lib/db';
import type { Money } from '#lib/format/money';
import { activeStatuses } from '#lib/jobs/status';
import { existing } from '#lib/promotions/deletion/existing';
import { describeDiscount, discountLines, type Line, limitLines } from '#lib/promotions/describe';
import { currenciesOf, readAmounts } from '#lib/promotions/discounts';
import { latestEndAbove1000 } from '#lib/promotions/rules';
import { type PromotionListInput, promotionLimits } from '#lib/promotions/schema';
import { type PromotionStatus, promotionStatus, promotionStatuses } from '#lib/promotions/status';
import type { JobStatus, JobType, Prisma, PromotionType } from '#prisma/client';

const listed = {
  id: true,
  name: true,
  enabled: true,
  automatic: true,
  promotionType: true,
  schema: true,
  start: true,
  end: true,
  maxCodes: true,
  codeCount: true,
} as const satisfies Prisma.PromotionSelect;

/** A promotion as the list shows it. */
export type PromotionListItem = {
  id: string;
  name: string;
  status: PromotionStatus;
  /** A description of the discount. */
  discount: string;
  automatic: boolean;
  start: Date;
  end: Date;
  codeCount: number;
  maxCodes: number;
};

export type PromotionCounts = Record<PromotionStatus | 'all', number>;
export type PromotionList = { promotions: PromotionListItem[]; counts: PromotionCounts; page: number; pages: number; anyAtAll: boolean };

/** One page of promotions, newest first, with the matches in each status. A page number past the end returns the last page. */
export async function listPromotions(db: Db, { search, status, page }: PromotionListInput): Promise<PromotionList> {
  const now = await databaseNow(db);
  const found: Prisma.PromotionWhereInput = {
    ...existing,
    ...(search && { name: { contains: escapeLike(search), mode: 'insensitive' } }),
  };
  const counted = await Promise.all(
    promotionStatuses.map(async (status) => [status, await db.promotion.count({ where: { ...found, ...inStatus(status, now) } })] as const),
  );
  const counts = countsOf(counted);
  const pages = Math.max(1, Math.ceil(counts[status] / promotionLimits.pageSize));
  const shown = Math.min(page, pages);
  const rows = await db.promotion.findMany({
    where: { ...found, ...(status === 'all' ? {} : inStatus(status, now)) },
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    skip: (shown - 1) * promotionLimits.pageSize,
    take: promotionLimits.pageSize,
    select: listed,
  });
  const anyAtAll = counts.all > 0 || (await db.promotion.findFirst({ where: existing, select: { id: true } })) !== null;
  return { promotions: rows.map((row) => listItem(row, now)), counts, page: shown, pages, anyAtAll };
}

/** A promotion as its own pages show it. */
export type PromotionView = PromotionListItem & {
  description: string;
  enabled: boolean;
  promotionType: PromotionType;
  /** The stored discount. */
  schema: Prisma.JsonValue;
  /** A description of each part of the discount. */
  lines: Line[];
  /** A description of the limits. */
  limits: Line[];
  /** The currencies of the discount; empty for a percentage off items. */
  currencies: string[];
  minCartValue: Money[];
  maxDiscountValue: Money[];
  maxApplicationsPerCart: number | null;
  /** The latest end that is allowed with more than 1000 codes. */
  latestEndAbove1000: Date;
  createdBy: string;
  createdAt: Date;
  updatedBy: string;
  updatedAt: Date;
  /** The active job, if any. */
  activeJob: { id: string; jobType: JobType; name: string | null; status: JobStatus } | null;
};

/** A promotion with its active job, or null for an unknown or invalid id. */
export async function getPromotion(db: Db, id: string): Promise<PromotionView | null> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return null;
  const [row, activeJob] = await Promise.all([
    db.promotion.findUnique({ where: { id, ...existing } }),
    db.promotionJob.findFirst({
      where: { promotionId: id, status: { in: [...activeStatuses] } },
      select: { id: true, jobType: true, name: true, status: true },
    }),
  ]);
  if (!row) return null;
  return {
    ...listItem(row, await databaseNow(db)),
    description: row.description,
    enabled: row.enabled,
    promotionType: row.promotionType,
    schema: row.schema,
    lines: discountLines(row.promotionType, row.schema),
    limits: limitLines(row),
    currencies: currenciesOf(row.promotionType, row.schema),
    minCartValue: readAmounts(row.minCartValue),
    maxDiscountValue: readAmounts(row.maxDiscountValue),
    maxApplicationsPerCart: row.maxApplicationsPerCart,
    latestEndAbove1000: latestEndAbove1000(row.start),
    createdBy: row.createdBy,
    createdAt: row.createdAt,
    updatedBy: row.updatedBy,
    updatedAt: row.updatedAt,
    activeJob,
  };
}

function listItem({ enabled, promotionType, schema, ...row }: Prisma.PromotionGetPayload<{ select: typeof listed }>, now: Date) {
  const { id, name, automatic, start, end, codeCount, maxCodes } = row;
  const status = promotionStatus({ enabled, start, end }, now);
  return { id, name, status, discount: describeDiscount(promotionType, schema), automatic, start, end, codeCount, maxCodes };
}

/** The rows for which {@link promotionStatus} returns this status. */
function inStatus(status: PromotionStatus, now: Date): Prisma.PromotionWhereInput {
  switch (status) {
    case 'ended':
      return { end: { lte: now } };
    case 'off':
      return { end: { gt: now }, enabled: false };
    case 'scheduled':
      return { end: { gt: now }, enabled: true, start: { gt: now } };
    case 'running':
      return { end: { gt: now }, enabled: true, start: { lte: now } };
  }
}

function countsOf(counted: readonly (readonly [PromotionStatus, number])[]): PromotionCounts {
  const counts: PromotionCounts = { running: 0, scheduled: 0, ended: 0, off: 0, all: 0 };
  for (const [status, count] of counted) {
    counts[status] = count;
    counts.all += count;
  }
  return counts;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

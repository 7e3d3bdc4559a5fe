import type { Db } from '#lib/db';
import { type ExportsAddress, type ExtraExportColumn, exportsPageSize } from '#lib/exports/schema';
import { activeStatuses } from '#lib/jobs/status';
import { exportParameters } from '#lib/jobs/types/export/definition';
import { existing } from '#lib/promotions/deletion/existing';

/** A completed export and its file. */
export type ExportRow = {
  id: string;
  promotionId: string;
  name: string | null;
  rows: number;
  bytes: number;
  sha256: string;
  finishedAt: Date;
  createdBy: string;
  extraColumns: ExtraExportColumn[];
};

export type ExportsPage = {
  exports: ExportRow[];
  page: number;
  pages: number;
  /** True while the promotion has an active export. */
  running: boolean;
};

/** Returns one page of the export files of a promotion, newest first. Null for an unknown promotion. A page number past the end returns the last page. */
export async function listExports(db: Db, promotionId: string, { page }: ExportsAddress): Promise<ExportsPage | null> {
  const ofPromotion = { promotionId, jobType: 'code_export' } as const;
  const finished = { ...ofPromotion, status: 'completed' } as const;
  const [promotions, total, running] = await Promise.all([
    db.promotion.count({ where: { id: promotionId, ...existing } }),
    db.promotionJob.count({ where: finished }),
    db.promotionJob.count({ where: { ...ofPromotion, status: { in: [...activeStatuses] } } }),
  ]);
  if (promotions === 0) return null;
  const pages = Math.max(1, Math.ceil(total / exportsPageSize));
  const shown = Math.min(page, pages);
  const jobs = await db.promotionJob.findMany({
    where: finished,
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    skip: (shown - 1) * exportsPageSize,
    take: exportsPageSize,
    select: {
      id: true,
      name: true,
      fileRows: true,
      fileBytes: true,
      fileSha256: true,
      finishedAt: true,
      createdBy: true,
      parameters: true,
    },
  });
  const exports = jobs.flatMap(({ id, name, fileRows, fileBytes, fileSha256, finishedAt, createdBy, parameters }): ExportRow[] => {
    // The database requires these columns for every completed export.
    if (fileRows === null || fileBytes === null || fileSha256 === null || finishedAt === null) return [];
    const { extra_columns: extraColumns } = exportParameters.parse(parameters ?? {});
    return [{ id, promotionId, name, rows: fileRows, bytes: Number(fileBytes), sha256: fileSha256, finishedAt, createdBy, extraColumns }];
  });
  return { exports, page: shown, pages, running: running > 0 };
}

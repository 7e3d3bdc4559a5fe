import type { Db } from '#lib/db';
import { DomainError } from '#lib/errors';
import { exportFileName } from '#lib/exports/file-name';
import { existing } from '#lib/promotions/deletion/existing';
import { openFile, type StoredFile } from '#lib/storage';

export type OpenExport = { file: StoredFile; fileName: string; sha256: string };

/**
 * Opens the file of a completed export. The caller must close it. Throws `not_found` when the job has no file of its own, and `gone`
 * when the file is missing or does not have the recorded size.
 */
export async function openExport(db: Db, jobId: string): Promise<OpenExport> {
  const job = await db.promotionJob.findFirst({
    where: { id: jobId, jobType: 'code_export', status: 'completed' },
    select: { promotionId: true, fileKey: true, fileBytes: true, fileSha256: true, finishedAt: true },
  });
  if (!job?.fileKey?.startsWith(`${jobId}.`) || !job.fileSha256 || !job.finishedAt) throw notFound();
  const promotion = await db.promotion.findUnique({ where: { id: job.promotionId, ...existing }, select: { name: true } });
  if (!promotion) throw notFound();
  const file = await openFile(job.fileKey);
  if (file === 'irregular') throw notFound();
  if (file === 'missing') throw gone();
  if (BigInt(file.size) !== job.fileBytes) {
    await file.close();
    throw gone();
  }
  return { file, fileName: exportFileName(promotion.name, job.finishedAt), sha256: job.fileSha256 };
}

const notFound = () => new DomainError('not_found', 'file not found');
const gone = () => new DomainError('gone', 'The file is no longer complete. Run the export again.');

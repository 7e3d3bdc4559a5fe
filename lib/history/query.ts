import type { Db } from '#lib/db';
import { describeChanges, type FieldChange } from '#lib/history/describe';
import { countEntries, readEntryIds, readVersions, type VersionRow } from '#lib/history/entries.sql';
import { type HistoryAddress, historyPageSize } from '#lib/history/schema';
import type { JobRow, QueuePosition } from '#lib/jobs/list/job-row';
import { readJobsById } from '#lib/jobs/list/jobs.sql';
import { readQueuePosition } from '#lib/jobs/list/queue-position';

/** A change of the promotion. Version 1 is its creation. */
export type VersionEntry = {
  version: number;
  changes: FieldChange[];
  /** The number of codes that an API call added. Negative for removed codes. */
  codes: number | null;
  by: string;
  at: string;
};
export type HistoryEntry = { id: string; version: VersionEntry } | { id: string; job: JobRow };

export type HistoryPage = {
  /** The time by the database's clock, the base of texts such as "two minutes ago". */
  now: string;
  entries: HistoryEntry[];
  queuePosition: QueuePosition | null;
  page: number;
  pages: number;
};

/**
 * Returns one page of a promotion's history: its versions and jobs by creation time, newest first. Null for an unknown promotion. A
 * page number past the end returns the last page.
 */
export async function listHistory(db: Db, promotionId: string, { page }: HistoryAddress): Promise<HistoryPage | null> {
  const totals = await countEntries(db, promotionId);
  if (!totals) return null;
  const pages = Math.max(1, Math.ceil(totals.total / historyPageSize));
  const shown = Math.min(page, pages);
  const ids = await readEntryIds(db, promotionId, (shown - 1) * historyPageSize);
  const [versions, jobs] = await Promise.all([readVersions(db, ids), readJobsById(db, ids)]);
  const versionsById = new Map(versions.map((version) => [version.id, version]));
  const jobsById = new Map(jobs.map((job) => [job.id, job]));
  const entries = ids.flatMap((id): HistoryEntry[] => {
    const [version, job] = [versionsById.get(id), jobsById.get(id)];
    if (version) return [{ id, version: versionEntry(version) }];
    return job ? [{ id, job }] : [];
  });
  return { now: totals.now.toISOString(), entries, queuePosition: await readQueuePosition(db, jobs), page: shown, pages };
}

function versionEntry({ version, fields, codes, by, at, before, after }: VersionRow): VersionEntry {
  const changes = before && codes === null ? describeChanges(fields, before, after) : [];
  return { version, changes, codes, by, at: at.toISOString() };
}

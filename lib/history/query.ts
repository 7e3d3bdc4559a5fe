import type { Db } from '#lib/db';
import { describeChanges, type FieldChange, type Snapshot } from '#lib/history/describe';
import { type HistoryAddress, historyPageSize } from '#lib/history/schema';
import type { JobRow, QueuePosition } from '#lib/jobs/list/job-row';
import { readQueuePosition } from '#lib/jobs/list/queue-position';
import { readJobs } from '#lib/jobs/list/rows';
import { Prisma } from '#prisma/client';

/** Somebody made or changed the promotion; version 1 is how it was made. */
export type VersionEntry = {
  version: number;
  changes: FieldChange[];
  /** How many codes a call added; negative where it removed them. */
  codes: number | null;
  by: string;
  at: string;
};
export type HistoryEntry = { id: string; version: VersionEntry } | { id: string; job: JobRow };

export type HistoryPage = {
  /** Of the database; what "two minutes ago" is counted from. */
  now: string;
  entries: HistoryEntry[];
  queuePosition: QueuePosition | null;
  page: number;
  pages: number;
};

/**
 * One page of all that happened to a promotion, newest first: its versions and its jobs, by the time they were
 * asked for. Null when there is no such promotion. A page past the end is the last one.
 */
export async function listHistory(db: Db, promotionId: string, { page }: HistoryAddress): Promise<HistoryPage | null> {
  const [known] = await db.$queryRaw<{ total: number; now: Date }[]>`
    select p.job_count + (select version from promotion_versions where promotion_id = p.id order by version desc limit 1) as total,
      clock_timestamp() as now
    from promotions p where p.id = ${promotionId}::uuid`;
  if (!known) return null;
  const pages = Math.max(1, Math.ceil(known.total / historyPageSize));
  const shown = Math.min(page, pages);
  const picked = await pick(db, promotionId, (shown - 1) * historyPageSize);
  const ids = picked.map(({ id }) => id);
  const [versions, jobs] = await Promise.all([
    readVersions(db, ids),
    readJobs(db, Prisma.sql`select id from promotion_jobs where id = any(${ids}::uuid[])`),
  ]);
  const versionsById = new Map(versions.map((version) => [version.id, version]));
  const jobsById = new Map(jobs.map((job) => [job.id, job]));
  const entries = ids.flatMap((id): HistoryEntry[] => {
    const [version, job] = [versionsById.get(id), jobsById.get(id)];
    if (version) return [{ id, version: versionEntry(version) }];
    return job ? [{ id, job }] : [];
  });
  return { now: known.now.toISOString(), entries, queuePosition: await readQueuePosition(db, jobs), page: shown, pages };
}

// Each side is read from its own index and cut to what the page can need.
function pick(db: Db, promotionId: string, before: number): Promise<{ id: string }[]> {
  const needed = before + historyPageSize;
  return db.$queryRaw`
    select id from (
      (select id, created_at, version from promotion_versions where promotion_id = ${promotionId}::uuid order by version desc limit ${needed})
      union all
      (select id, created_at, null from promotion_jobs where promotion_id = ${promotionId}::uuid order by created_at desc, id limit ${needed})
    ) as entries
    order by created_at desc, version desc nulls first, id offset ${before} limit ${historyPageSize}`;
}

type VersionRow = {
  id: string;
  version: number;
  fields: string[];
  codes: number | null;
  by: string;
  at: Date;
  before: Snapshot | null;
  after: Snapshot;
};

function readVersions(db: Db, ids: readonly string[]): Promise<VersionRow[]> {
  return db.$queryRaw`
    select v.id, v.version, v.fields, v.codes, v.created_by as by, v.created_at as at, earlier.snapshot as before, v.snapshot as after
    from promotion_versions v
    left join promotion_versions earlier on earlier.promotion_id = v.promotion_id and earlier.version = v.version - 1
    where v.id = any(${ids}::uuid[])`;
}

function versionEntry({ version, fields, codes, by, at, before, after }: VersionRow): VersionEntry {
  const changes = before && codes === null ? describeChanges(fields, before, after) : [];
  return { version, changes, codes, by, at: at.toISOString() };
}

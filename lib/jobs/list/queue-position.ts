import type { Db } from '#lib/db';
import { readQueue } from '#lib/jobs/engine/queue';
import type { JobRow, Line } from '#lib/jobs/list/job-row';
import { readJobs } from '#lib/jobs/list/rows';
import { isLarge } from '#lib/jobs/schema';
import { isLeft } from '#lib/jobs/status';
import { Prisma } from '#prisma/client';

const placesTold = 100;
const runsLookedAt = 20;
// A worker looks after the queue every second, and a start takes a few.
const unattendedSeconds = 10;

/** Why jobs wait: who is before them, whether workers are there, and which running job ends next. Null when none of `jobs` waits. */
export async function readLine(db: Db, jobs: readonly JobRow[]): Promise<Line | null> {
  if (!jobs.some((job) => job.status === 'pending' || isLeft(job))) return null;
  const [{ ids, secondsUnattended }, begun] = await Promise.all([
    readQueue(db, placesTold + 1),
    readJobs(
      db,
      Prisma.sql`select id from promotion_jobs where status in ('processing', 'cancelling') order by created_at desc limit ${runsLookedAt}`,
    ),
  ]);
  const running = begun.filter((job) => !isLeft(job));
  return {
    ids: ids.slice(0, placesTold),
    more: ids.length > placesTold,
    workers: running.length > 0 || (secondsUnattended !== null && secondsUnattended <= unattendedSeconds),
    running: running.length,
    next: firstToEnd(running),
    nextLarge: firstToEnd(running.filter(({ settings }) => isLarge(settings?.numberOfCodes ?? null))),
  };
}

function firstToEnd(jobs: readonly JobRow[]): Line['next'] {
  const ends = jobs.flatMap(({ name, promotionName, secondsLeft }) =>
    secondsLeft === null ? [] : { name: name ?? promotionName, secondsLeft },
  );
  return ends.sort((a, b) => a.secondsLeft - b.secondsLeft)[0] ?? null;
}

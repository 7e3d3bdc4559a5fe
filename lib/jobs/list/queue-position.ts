import type { Db } from '#lib/db';
import type { JobRow, QueuePosition } from '#lib/jobs/list/job-row';
import { readStartedJobs } from '#lib/jobs/list/jobs.sql';
import { readWaitingIds, sweptRecently } from '#lib/jobs/list/queue-position.sql';
import { isLeft } from '#lib/jobs/status';

const maxPositions = 100;
const maxRuns = 20;

/** Returns the facts that explain why jobs wait. Null when none of `jobs` waits. */
export async function readQueuePosition(db: Db, jobs: readonly JobRow[]): Promise<QueuePosition | null> {
  if (!jobs.some((job) => job.status === 'pending' || isLeft(job))) return null;
  const [waiting, swept, started] = await Promise.all([
    readWaitingIds(db, maxPositions + 1),
    sweptRecently(db),
    readStartedJobs(db, maxRuns),
  ]);
  const running = started.filter((job) => !isLeft(job));
  return {
    ids: waiting.slice(0, maxPositions),
    more: waiting.length > maxPositions,
    workers: running.length > 0 || swept,
    running: running.length,
    next: firstToEnd(running),
    nextLarge: firstToEnd(running.filter(({ large }) => large)),
  };
}

function firstToEnd(jobs: readonly JobRow[]): QueuePosition['next'] {
  const ends = jobs.flatMap(({ name, promotionName, secondsLeft }) =>
    secondsLeft === null ? [] : { name: name ?? promotionName, secondsLeft },
  );
  return ends.sort((a, b) => a.secondsLeft - b.secondsLeft)[0] ?? null;
}

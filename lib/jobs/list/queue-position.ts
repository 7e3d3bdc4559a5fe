import type { Db } from '#lib/db';
import type { JobRow, QueuePosition } from '#lib/jobs/list/job-row';
import { readStartedJobs } from '#lib/jobs/list/jobs.sql';
import { readWaitingIds, sweptLately } from '#lib/jobs/list/queue-position.sql';
import { isLeft } from '#lib/jobs/status';

const maxPositions = 100;
const maxRuns = 20;

/** Why jobs wait: which jobs start first, whether workers run, and which running job ends next. Null when none of `jobs` waits. */
export async function readQueuePosition(db: Db, jobs: readonly JobRow[]): Promise<QueuePosition | null> {
  if (!jobs.some((job) => job.status === 'pending' || isLeft(job))) return null;
  const [waiting, swept, started] = await Promise.all([
    readWaitingIds(db, maxPositions + 1),
    sweptLately(db),
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

import type { Db } from '#lib/db';
import type { JobRow, QueuePosition } from '#lib/jobs/list/job-row';
import { readJobs } from '#lib/jobs/list/rows';
import { isLeft, silentSeconds } from '#lib/jobs/status';
import { Prisma } from '#prisma/client';

const maxPositions = 100;
const maxRuns = 20;
// Workers sweep every few seconds, and a worker starts within a few more.
const unsweptSeconds = 10;

/** Why jobs wait: which jobs come first, whether workers run, and which running job ends next. Null when none of `jobs` waits. */
export async function readQueuePosition(db: Db, jobs: readonly JobRow[]): Promise<QueuePosition | null> {
  if (!jobs.some((job) => job.status === 'pending' || isLeft(job))) return null;
  const [waiting, [workers], started] = await Promise.all([
    // Active jobs have a partial index, which the planner uses only for the literal statuses of its condition. Without the
    // materialized step it would walk all jobs in the order of their creation.
    db.$queryRaw<{ id: string }[]>`
      with waiting as materialized (
        select id, created_at from promotion_jobs
        where status in ('pending', 'processing', 'cancelling')
          and (status = 'pending' or run_token is null or run_seen_at < clock_timestamp() - make_interval(secs => ${silentSeconds}))
      )
      select id from waiting order by created_at, id limit ${maxPositions + 1}`,
    db.$queryRaw<{ swept: boolean }[]>`
      select jobs_swept_at > clock_timestamp() - make_interval(secs => ${unsweptSeconds}) as swept from installation`,
    readJobs(
      db,
      Prisma.sql`select id from promotion_jobs where status in ('processing', 'cancelling') order by created_at desc limit ${maxRuns}`,
    ),
  ]);
  const running = started.filter((job) => !isLeft(job));
  return {
    ids: waiting.slice(0, maxPositions).map(({ id }) => id),
    more: waiting.length > maxPositions,
    workers: running.length > 0 || (workers?.swept ?? false),
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

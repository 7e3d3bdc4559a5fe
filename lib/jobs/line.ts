import type { Db } from '#lib/db';
import type { JobRow, Line } from '#lib/jobs/query';
import { readJobs } from '#lib/jobs/rows';
import { Prisma } from '#prisma/client';

const placesTold = 100;
const runsLookedAt = 20;

/** Why pending jobs wait: who is before them, and which running job ends next. Null when none of `jobs` waits. */
export async function readLine(db: Db, jobs: readonly JobRow[]): Promise<Line | null> {
  if (!jobs.some(({ status }) => status === 'pending')) return null;
  const [waiting, running] = await Promise.all([
    db.$queryRaw<{ id: string }[]>`
      select id from promotion_jobs where status = 'pending' order by created_at, id desc limit ${placesTold}`,
    readJobs(db, Prisma.sql`select id from promotion_jobs where status = 'processing' order by created_at desc limit ${runsLookedAt}`),
  ]);
  const next = running.filter(({ progress }) => progress.secondsLeft !== null).sort(bySecondsLeft)[0];
  return {
    ids: waiting.map(({ id }) => id),
    next: next?.progress.secondsLeft ? { name: next.name ?? next.promotionName, secondsLeft: next.progress.secondsLeft } : null,
  };
}

function bySecondsLeft(a: JobRow, b: JobRow): number {
  return (a.progress.secondsLeft ?? 0) - (b.progress.secondsLeft ?? 0);
}

import type { Db } from '#lib/db';
import { countJobs, jobTypes, ofPromotion } from '#lib/jobs/counts';
import type { Interruption } from '#lib/jobs/interruptions';
import { readLine } from '#lib/jobs/line';
import { readRoom } from '#lib/jobs/room';
import { readJobs } from '#lib/jobs/rows';
import { jobsPage, type ListJobsInput, type WatchJobsInput } from '#lib/jobs/schema';
import { activeStatuses, jobStatuses } from '#lib/jobs/status';
import type { Actor } from '#lib/users/permissions';
import { Prisma } from '#prisma/client';
import type { ConsumeUnit, JobStatus, JobType } from '#prisma/enums';

/** A job as the screens show it. Times are ISO strings, so that an answer that says the same is the same. */
export type JobRow = {
  id: string;
  promotionId: string;
  promotionName: string;
  name: string | null;
  jobType: JobType;
  status: JobStatus;
  /** What was asked of a job that makes codes; null for an export. */
  settings: {
    numberOfCodes: number;
    consumeUnit: ConsumeUnit;
    maxUsesPerCode: number | null;
    codeLength: number;
    codePrefix: string | null;
  } | null;
  /** Codes made of codes asked, or rows written of codes there are. */
  progress: { done: number; total: number };
  /** Codes removed of codes made, while a job that fails or is being cancelled loses them. */
  removal: { done: number; total: number } | null;
  /** Of the progress, or of the removal once that is under way. */
  secondsLeft: number | null;
  /** Since the last sign of life of the run that has the job; null where no run has it. */
  secondsSilent: number | null;
  deleted: number | null;
  duplicatesAvoided: number;
  /** Why it failed, or why it is about to. */
  error: string | null;
  /** How often a worker took it up, and what ended or held up the work since. */
  attempts: number;
  interruptions: Interruption[];
  file: { rows: number; bytes: number; sha256: string } | null;
  createdBy: string;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  secondsWaited: number;
  secondsWorked: number | null;
};

/** `more` when there are more than were counted. */
export type Count = { n: number; more: boolean };

export type JobCounts = {
  shown: Count;
  anyStatus: Count;
  anyType: Count;
  byStatus: { status: JobStatus; count: Count }[];
  byType: { jobType: JobType; count: Count }[];
};

/** The jobs that wait, in the order they will start, and what they wait for. */
export type Line = {
  ids: string[];
  /** Whether there are more than `ids` names. */
  more: boolean;
  /** Whether a worker is there to take jobs up. */
  workers: boolean;
  /** The jobs that are worked on now, and the one of them that ends first, where that is known. */
  running: number;
  next: RunningJob | null;
  /** The large one that ends first: a large job starts only in the place of another. */
  nextLarge: RunningJob | null;
};

type RunningJob = { name: string; secondsLeft: number };

/** What the job form must know of its promotion. */
export type PromotionRoom = {
  id: string;
  name: string;
  automatic: boolean;
  maxCodes: number;
  codeCount: number;
  start: string;
  end: string;
  /** The last end it may have with more than 1000 codes. */
  latestEndAbove1000: string;
  /** Of the database. */
  now: string;
  activeJob: JobRow | null;
  codesPerSecond: number | null;
};

export type JobsPage = {
  /** Of the database; what "two minutes ago" is counted from. */
  now: string;
  jobs: JobRow[];
  counts: JobCounts;
  line: Line | null;
  /** Null for the list of all promotions' jobs. */
  room: PromotionRoom | null;
};

/** One page of jobs, newest first, and all that stands around it, so that a screen asks once. */
export async function listJobs(db: Db, _actor: Actor, input: ListJobsInput): Promise<JobsPage> {
  const [listed, counts, room] = await Promise.all([
    readJobs(db, pageOfJobs(input)).then(async (jobs) => ({ jobs, line: await readLine(db, jobs) })),
    countJobs(db, input),
    input.promotion_id ? readRoom(db, input.promotion_id) : null,
  ]);
  return { ...listed, ...counts, room };
}

// Each status and kind is read from its own end of the index and cut to what the page can need: whatever is
// rare or common among a hundred thousand jobs, no more than that is looked at.
function pageOfJobs({ promotion_id, status, job_type, page }: ListJobsInput): Prisma.Sql {
  const before = (page - 1) * jobsPage.size;
  return Prisma.sql`
    select newest.id
    from unnest(${status ? [status] : jobStatuses}::job_status[]) as s (status)
    cross join unnest(${job_type ? [job_type] : jobTypes}::job_type[]) as t (job_type)
    cross join lateral (
      select id, created_at from promotion_jobs
      where status = s.status and job_type = t.job_type ${ofPromotion(promotion_id)}
      order by created_at desc, id limit ${before + jobsPage.size}
    ) as newest
    order by newest.created_at desc, newest.id offset ${before} limit ${jobsPage.size}`;
}

// A job shows up when its transaction ends, with the time at which that began.
const overlapSeconds = 10;

export type WatchedJobs = { now: string; jobs: JobRow[] };

/**
 * The jobs asked for, in any state; the actor's own that are active, from whichever screen they were made; and
 * those that the actor made since the last look, which may be over already.
 */
export async function watchJobs(db: Db, actor: Actor, { ids, since }: WatchJobsInput): Promise<WatchedJobs> {
  const [clock] = await db.$queryRaw<{ now: Date }[]>`select clock_timestamp() as now`;
  const madeSince = since
    ? Prisma.sql`
      union select id from promotion_jobs
      where created_at > ${since}::timestamptz - make_interval(secs => ${overlapSeconds}) and created_by = ${actor.name}`
    : Prisma.empty;
  const jobs = await readJobs(
    db,
    Prisma.sql`
      select id from promotion_jobs where id = any(${ids}::uuid[])
      union select id from promotion_jobs where created_by = ${actor.name} and status = any(${activeStatuses}::job_status[])
      ${madeSince}`,
  );
  return { now: (clock?.now ?? new Date()).toISOString(), jobs };
}

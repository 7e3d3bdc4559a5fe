import type { Interruption } from '#lib/jobs/engine/interruptions';
import type { ConsumeUnit, JobError, JobStatus, JobType } from '#prisma/enums';

/** A job as the screens show it. Times are ISO strings, so that an answer that says the same is the same. */
export type JobRow = {
  id: string;
  promotionId: string;
  promotionName: string;
  /** How many more codes its promotion can hold now. */
  capacity: number;
  name: string | null;
  jobType: JobType;
  /** Whether it may take minutes. A worker keeps one of its places free of such jobs. */
  large: boolean;
  status: JobStatus;
  /** What was asked of a job that makes codes; null for an export. */
  settings: {
    numberOfCodes: number;
    consumeUnit: ConsumeUnit;
    maxUsesPerCode: number | null;
    codeLength: number;
    codePrefix: string | null;
  } | null;
  /** Codes generated of those requested, rows written of the codes there are, or codes removed of those selected or of a deleted promotion. */
  progress: { done: number; total: number };
  /** Codes removed of codes made, while a job that fails or is being cancelled loses them. */
  removal: { done: number; total: number } | null;
  /** Of the progress, or of the removal once that is under way. */
  secondsLeft: number | null;
  /** Since the last sign of life of the run that has the job; null where no run has it. */
  secondsSilent: number | null;
  deleted: number | null;
  duplicatesAvoided: number;
  /** Why it failed, or why it will fail once its codes are removed. */
  error: JobError | null;
  /** The error after which the job is tried again, and how long until then; null while it is being tried. */
  retry: { error: JobError; secondsLeft: number | null } | null;
  canCancel: boolean;
  canRerun: boolean;
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
export type QueuePosition = {
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
export type PromotionCapacity = {
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
  queuePosition: QueuePosition | null;
  /** Null for the list of all promotions' jobs. */
  capacity: PromotionCapacity | null;
};

export type WatchedJobs = { now: string; jobs: JobRow[] };

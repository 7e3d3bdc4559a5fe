import type { Interruption } from '#lib/jobs/engine/interruptions';
import type { ConsumeUnit, JobError, JobStatus, JobType } from '#prisma/enums';

/** A job as the screens show it. Times are ISO strings, so that equal responses are deeply equal. */
export type JobRow = {
  id: string;
  promotionId: string;
  promotionName: string;
  /** The number of codes that can still be added to the promotion. */
  capacity: number;
  name: string | null;
  jobType: JobType;
  /** True when the job may take minutes. Each worker keeps one slot free of such jobs. */
  large: boolean;
  status: JobStatus;
  /** The requested settings of a job that generates codes; null for other kinds. */
  settings: {
    numberOfCodes: number;
    consumeUnit: ConsumeUnit;
    maxUsesPerCode: number | null;
    codeLength: number;
    codePrefix: string | null;
  } | null;
  /** Generated of requested codes, exported of existing codes, or removed of selected codes, by the kind of job. */
  progress: { done: number; total: number };
  /** Removed of generated codes, during the rollback of a failed or cancelled job. */
  removal: { done: number; total: number } | null;
  /** The estimated time to the end of the work, or of the removal once it has started. */
  secondsLeft: number | null;
  /** Seconds since the last heartbeat of the job's run; null without a run. */
  secondsSilent: number | null;
  deleted: number | null;
  duplicatesAvoided: number;
  /** The error of a failed job, or of a job that fails after the removal of its codes. */
  error: JobError | null;
  /** The error after which the job is retried, and the seconds until the retry. `secondsLeft` is null during a retry. */
  retry: { error: JobError; secondsLeft: number | null } | null;
  canCancel: boolean;
  canRerun: boolean;
  /** The number of runs so far, and their interruptions. */
  attempts: number;
  interruptions: Interruption[];
  file: { rows: number; bytes: number; sha256: string } | null;
  /** True for the removal of the unused codes of a promotion without a recorded redemption. */
  unusedWithoutUses: boolean;
  createdBy: string;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  secondsWaited: number;
  secondsWorked: number | null;
};

/** `more` is true when the count stopped at its limit. */
export type Count = { n: number; more: boolean };

export type JobCounts = {
  shown: Count;
  anyStatus: Count;
  anyType: Count;
  byStatus: { status: JobStatus; count: Count }[];
  byType: { jobType: JobType; count: Count }[];
};

/** The waiting jobs in the order in which they will start, and the facts that explain why they wait. */
export type QueuePosition = {
  ids: string[];
  /** True when more jobs wait than `ids` contains. */
  more: boolean;
  /** True when at least one worker runs. */
  workers: boolean;
  /** The number of running jobs, and the one that is expected to end first, if an estimate exists. */
  running: number;
  next: RunningJob | null;
  /** The large job that is expected to end first. A large job starts only in the slot of another one. */
  nextLarge: RunningJob | null;
};

type RunningJob = { name: string; secondsLeft: number };

/** The facts about a promotion that its job form needs. */
export type PromotionCapacity = {
  id: string;
  name: string;
  automatic: boolean;
  maxCodes: number;
  codeCount: number;
  start: string;
  end: string;
  /** The latest end that is allowed with more than 1000 codes. */
  latestEndAbove1000: string;
  /** The time by the database's clock. */
  now: string;
  activeJob: JobRow | null;
  codesPerSecond: number | null;
};

export type JobsPage = {
  /** The time by the database's clock, the base of texts such as "two minutes ago". */
  now: string;
  jobs: JobRow[];
  counts: JobCounts;
  queuePosition: QueuePosition | null;
  /** Null for the list of all promotions' jobs. */
  capacity: PromotionCapacity | null;
};

export type WatchedJobs = { now: string; jobs: JobRow[] };

import type { PoolClient } from 'pg';
import type { Run } from '#lib/jobs/engine/run.sql';
import type { Watch } from '#lib/jobs/engine/watch';
import type { JobError, JobStatus, JobType } from '#prisma/enums';

/** How the work on a job ended, before the engine settles it. `stopped`: the job is cancelled, lost to another run, or left to the next worker. */
export type Ending = { kind: 'completed' } | { kind: 'stopped' } | { kind: 'failed'; error: JobError };

/** The codes that one step of a rollback removed. The next step continues below `lowest`, the smallest key among them. */
export type RolledBack = { codes: number; lowest: string | null };

/** The work of one kind of job. Only the worker process loads handlers (lib/jobs/types/handlers.ts). */
export type JobHandler = {
  /** Works from what is committed until the job ends or `watch` stops it. Throws errors that {@link classify} divides into passing and final ones. */
  run(client: PoolClient, run: Run, watch: Watch): Promise<Ending>;
  /** Whether heartbeats store the progress, because the work itself commits nothing before its end. */
  reportsProgress: boolean;
  /** Removes at most `most` codes of the job below the key `below`, within the caller's transaction; null for a kind that creates no codes. */
  rollback: ((client: PoolClient, run: Run, below: string | null, most: number) => Promise<RolledBack>) | null;
  /** Whether the job can only complete (see JobDefinition): after a final fault the run gives it back, to be tried again later. */
  mustComplete: boolean;
  /** Removes leftovers of an ended job outside the database, such as files; null for a kind without leftovers. */
  tidyUp: ((run: Run, status: JobStatus) => Promise<void>) | null;
};

export type JobHandlers = Readonly<Record<JobType, JobHandler>>;

import type { PoolClient } from 'pg';
import type { Run } from '#lib/jobs/engine/run.sql';
import type { Watch } from '#lib/jobs/engine/watch';
import type { JobError, JobStatus, JobType } from '#prisma/enums';

/** The end of a run, before the engine updates the job. `stopped` means that the job is cancelled, that another run holds it, or that the worker stops. */
export type Ending = { kind: 'completed' } | { kind: 'stopped' } | { kind: 'failed'; error: JobError };

/** The number of codes that one step of a rollback removed. The next step continues below `lowest`, the smallest key among them. */
export type RolledBack = { codes: number; lowest: string | null };

/** The work of one kind of job. Only the worker process loads handlers (lib/jobs/types/handlers.ts). */
export type JobHandler = {
  /** Continues from the committed progress until the job ends or `watch` stops it. {@link classify} divides the errors that it throws into transient and final ones. */
  run(client: PoolClient, run: Run, watch: Watch): Promise<Ending>;
  /** True when heartbeats store the progress, because the work commits nothing before its end. */
  reportsProgress: boolean;
  /** Removes at most `limit` codes of the job below the key `below`, within the caller's transaction. Null for a kind that creates no codes. */
  rollback: ((client: PoolClient, run: Run, below: string | null, limit: number) => Promise<RolledBack>) | null;
  /** True when the job can only complete (see JobDefinition): after a final error the run releases the job for a later retry. */
  mustComplete: boolean;
  /** Removes leftovers of an ended job outside the database, such as files. Null for a kind that has none. */
  tidyUp: ((run: Run, status: JobStatus) => Promise<void>) | null;
};

export type JobHandlers = Readonly<Record<JobType, JobHandler>>;

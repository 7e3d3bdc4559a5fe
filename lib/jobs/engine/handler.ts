import type { PoolClient } from 'pg';
import type { Run } from '#lib/jobs/engine/run.sql';
import type { Watch } from '#lib/jobs/engine/watch';
import type { JobError, JobStatus, JobType } from '#prisma/enums';

/** How the work on a job ended, before the engine settles it. `stopped`: the job is cancelled, lost to another run, or left to the next worker. */
export type Ending = { kind: 'completed' } | { kind: 'stopped' } | { kind: 'failed'; error: JobError };

/** What one step of a rollback removed; `lowest` is the smallest key among it, below which the next step goes on. */
export type RolledBack = { codes: number; lowest: string | null };

/** The work of one kind of job. Only the worker process loads handlers (lib/jobs/types/handlers.ts). */
export type JobHandler = {
  /** Works from what is committed until the job ends or `watch` stops it. Throws what {@link classify} sorts into passing and final faults. */
  run(client: PoolClient, run: Run, watch: Watch): Promise<Ending>;
  /** Whether heartbeats store the progress, because the work itself commits nothing before its end. */
  reportsProgress: boolean;
  /** Removes at most `most` codes of the job below the key `below`, within the caller's transaction; null where a job leaves nothing to remove. */
  rollback: ((client: PoolClient, run: Run, below: string | null, most: number) => Promise<RolledBack>) | null;
  /** Whether the job can only complete (see JobDefinition): after a final fault it is given back and tried again later. */
  mustComplete: boolean;
  /** Removes what runs of an ended job left outside the database; null where nothing can be left. */
  tidyUp: ((run: Run, status: JobStatus) => Promise<void>) | null;
};

export type JobHandlers = Readonly<Record<JobType, JobHandler>>;

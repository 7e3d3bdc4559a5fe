import { z } from 'zod';

/**
 * An interruption of the work on a job. `stopped`: the worker stopped and released the job. `died`: the worker died. `stood_still`:
 * the worker was suspended until another worker took over. `database`: the database was unavailable.
 */
export const interruption = z.object({
  what: z.enum(['stopped', 'died', 'stood_still', 'database']),
  /** The number of the interrupted run. The first run is 1. */
  run: z.int(),
  /** The time at which the work stopped, and the seconds until it continued. */
  at: z.iso.datetime({ offset: true }),
  seconds: z.number(),
});

export type Interruption = z.output<typeof interruption>;

/** The interruptions stored on a job row, oldest first. */
export const interruptions = z.array(interruption);

/** A job stores at most this many interruptions. */
export const maxInterruptions = 100;

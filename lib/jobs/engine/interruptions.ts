import { z } from 'zod';

/**
 * An interruption of the work on a job: its worker `stopped` and gave it back, `died`, or `stood_still` until another worker took
 * over; or the `database` could not be reached.
 */
export const interruption = z.object({
  what: z.enum(['stopped', 'died', 'stood_still', 'database']),
  /** The number of the run that was interrupted; the first is 1. */
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

import { z } from 'zod';

/**
 * What interrupts the work on a job: the worker `stopped` and gave it back, `died`, or `stood_still` until another
 * one had the job; or the `database` could not be reached.
 */
export const interruption = z.object({
  what: z.enum(['stopped', 'died', 'stood_still', 'database']),
  /** The run it happened to, the first being 1. */
  run: z.int(),
  /** When the work stopped, and how long it was until it went on. */
  at: z.iso.datetime({ offset: true }),
  seconds: z.number(),
});

export type Interruption = z.output<typeof interruption>;

/** The interruptions on a job row, oldest first. */
export const interruptions = z.array(interruption);

/** A job that is held up again and again does not grow its row for ever. */
export const mostInterruptions = 100;

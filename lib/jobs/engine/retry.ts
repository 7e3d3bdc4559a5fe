import { setTimeout as delay } from 'node:timers/promises';
import { classify } from '#lib/jobs/engine/faults';

const longestPauseMs = 2_000;

/** Returns a function that pauses between attempts: 0.1 s at first, then twice as long each time, up to 2 s. */
export function backoff(): () => Promise<void> {
  let pauseMs = 100;
  return async () => {
    await delay(pauseMs);
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  };
}

/** Retries `step` while it fails with a transient error of the database or one of the SQLSTATEs `alsoTransient`. Throws the error once `until` has fired. */
export async function retryTransient<T>(until: AbortSignal, step: () => Promise<T>, alsoTransient: string[] = []): Promise<T> {
  const pause = backoff();
  for (;;) {
    try {
      return await step();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (until.aborted || (classify(error).kind === 'final' && !alsoTransient.includes(code))) throw error;
      await pause();
    }
  }
}

import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { classify } from '#lib/jobs/engine/faults';
import type { Run } from '#lib/jobs/engine/run';
import { nameSession } from '#lib/jobs/engine/sessions';
import type { Watch } from '#lib/jobs/engine/watch';

const longestWaitMs = 2_000;

/** Pauses between tries: short at first, then up to two seconds. */
export function backoff(): () => Promise<void> {
  let waitMs = 100;
  return async () => {
    await delay(waitMs);
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  };
}

/** Tries until it goes well, while the fault is a passing one of the database or among `alsoPassing`; gives up when `until` fires. */
export async function waitOut<T>(until: AbortSignal, step: () => Promise<T>, alsoPassing: string[] = []): Promise<T> {
  const pause = backoff();
  for (;;) {
    try {
      return await step();
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (until.aborted || (classify(error).kind === 'final' && !alsoPassing.includes(code))) throw error;
      await pause();
    }
  }
}

/**
 * Works on a connection of its own, which is cut when `watch` sees that nothing comes through it any more, and which whoever takes the job over
 * can end by its name.
 */
export async function withClient<T>(pool: Pool, run: Run, watch: Watch, use: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let released = false;
  const release = (broken: boolean) => {
    if (!released) client.release(broken);
    released = true;
  };
  const watched = watch.cutWhenStill(() => release(true));
  let broken = true;
  try {
    await nameSession(client, run.id);
    const result = await use(client);
    broken = false;
    return result;
  } finally {
    watched();
    // After an error nobody knows what the connection still has open.
    release(broken);
  }
}

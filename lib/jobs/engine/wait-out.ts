import { setTimeout as delay } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import { classify } from '#lib/jobs/engine/faults';
import type { Run } from '#lib/jobs/engine/run.sql';
import { nameSession } from '#lib/jobs/engine/sessions.sql';
import type { Watch } from '#lib/jobs/engine/watch';

const longestWaitMs = 2_000;

/** Pauses between attempts: short at first, then up to two seconds. */
export function backoff(): () => Promise<void> {
  let waitMs = 100;
  return async () => {
    await delay(waitMs);
    waitMs = Math.min(waitMs * 2, longestWaitMs);
  };
}

/** Retries `step` while it fails with a passing fault of the database, or with one of the SQLSTATEs `alsoPassing`; gives up when `until` fires. */
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
 * Runs `use` on a connection of its own. The connection is closed when `watch` finds it stalled, and a run that takes the job over
 * can terminate it by its name.
 */
export async function withClient<T>(pool: Pool, run: Run, watch: Watch, use: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let released = false;
  const release = (broken: boolean) => {
    if (!released) client.release(broken);
    released = true;
  };
  const watched = watch.cutWhenStalled(() => release(true));
  let broken = true;
  try {
    await nameSession(client, run.id);
    const result = await use(client);
    broken = false;
    return result;
  } finally {
    watched();
    // After an error the state of the connection is unknown.
    release(broken);
  }
}

import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

const askEveryMs = 200;
const sqliteBusy = 5;

/** A lock that the operating system releases when the process ends, even by SIGKILL. */
export type Lock = { release(): void };

/**
 * Locks a file, which is created if it is missing. Returns null while another process holds the lock. Node has no file locks; an
 * exclusive transaction in an empty SQLite database serves as one.
 */
export function tryLock(path: string): Lock | null {
  const file = new DatabaseSync(path);
  try {
    file.exec('begin exclusive');
  } catch (error) {
    file.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy) return null;
    throw error;
  }
  return { release: () => file.close() };
}

/** Locks a file as {@link tryLock} does, and waits while another process holds the lock. Null after `withinMs`. */
export async function waitForLock(path: string, withinMs = Number.POSITIVE_INFINITY): Promise<Lock | null> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const lock = tryLock(path);
    if (lock || performance.now() > deadline) return lock;
    await delay(askEveryMs);
  }
}

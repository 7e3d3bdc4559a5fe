import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

const pollIntervalMs = 200;
const sqliteBusy = 5;

/** A lock that the operating system releases when the process ends, even by SIGKILL. */
export type Lock = { release(): void };

/**
 * Locks a file, and creates it if it is missing. Returns null while another process has locked it. Node has no file locks, so the
 * file is an empty SQLite database in an exclusive transaction.
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

/** Locks a file, and waits until another process has released it. Returns null when it is still locked after `withinMs`. */
export async function waitForLock(path: string, withinMs = Number.POSITIVE_INFINITY): Promise<Lock | null> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const lock = tryLock(path);
    if (lock || performance.now() > deadline) return lock;
    await delay(pollIntervalMs);
  }
}

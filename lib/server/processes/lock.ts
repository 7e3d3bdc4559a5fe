import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

const askEveryMs = 200;
const sqliteBusy = 5;

/** A lock that the operating system takes back when the process ends, however it ends. */
export type Lock = { release(): void };

/**
 * Locks a file, which is created when there is none, or returns null while another process has it. Node offers no lock of its
 * own; an empty SQLite database in an exclusive transaction is one.
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

/** Locks a file as {@link tryLock} does, and waits for another process to let go of it. Null when that takes longer than `withinMs`. */
export async function waitForLock(path: string, withinMs = Number.POSITIVE_INFINITY): Promise<Lock | null> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const lock = tryLock(path);
    if (lock || performance.now() > deadline) return lock;
    await delay(askEveryMs);
  }
}

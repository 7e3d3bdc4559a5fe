import { setTimeout as delay } from 'node:timers/promises';
import { conflictingChange, databaseFault } from '#lib/database/fault';
import type { Database, Db } from '#lib/db';

/** The maximum wait for a connection and the maximum duration of the transaction, in milliseconds. */
type Options = { maxWait?: number; timeout?: number };

const maxAttempts = 4;
const maxPauseMs = 100;

/**
 * Runs `work` in a transaction, and retries it after a deadlock or a serialization failure. Throws `conflict` after four such attempts.
 * `work` must not change anything outside the database. Within another transaction, `work` joins that transaction, which is retried as
 * a whole.
 *
 * Lock order, which avoids deadlocks:
 * - Administrators in the order of their ids, then any other user, then the sessions of that user.
 * - A client, then its secrets.
 * - A job that the transaction inserts, its promotion, the promotion's codes in the order of the unique index on codes,
 *   then a job that exists already.
 * The removal of codes needs no order: it holds the lock of the promotion and waits for no further lock. A transaction that reuses codes
 * of a promotion that is being deleted does not lock that promotion (lib/codes/free.sql.ts): it locks these codes in the order of the
 * index before it inserts codes, and the job that deletes the promotion waits for none of these locks.
 */
export async function transaction<T>(db: Db, work: (tx: Db) => Promise<T>, options: Options = {}): Promise<T> {
  if (!isDatabase(db)) return db.$transaction(work, options);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.$transaction(work, options);
    } catch (error) {
      if (databaseFault(error) !== 'contended') throw error;
      if (attempt === maxAttempts) throw conflictingChange();
      await delay(Math.random() * maxPauseMs * attempt);
    }
  }
}

/** True for a database client, false for a transaction. */
export function isDatabase(db: Db): db is Database {
  return '$connect' in db;
}

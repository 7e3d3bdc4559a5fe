import { setTimeout as delay } from 'node:timers/promises';
import { conflictingChange, databaseFault } from '#lib/database/fault';
import type { Database, Db } from '#lib/db';

/** The longest wait for a connection, and the longest duration of the transaction, in milliseconds. */
type Options = { maxWait?: number; timeout?: number };

const mostTries = 4;
const longestPauseMs = 100;

/**
 * Runs `work` in a transaction, and retries it when the database ended it because of a deadlock or a serialization failure.
 * Throws `conflict` when that happens four times in a row. `work` must change nothing outside the database. Within another
 * transaction `work` joins that one, which is then retried as a whole.
 *
 * Lock order. A transaction that follows it cannot be part of a deadlock:
 * - Administrators in the order of their ids, then any other user, then the sessions of that user.
 * - A client, then its secrets.
 * - A job that the transaction inserts, its promotion, the promotion's codes in the order of the unique index on codes,
 *   then a job that exists already.
 * Removing codes needs no order: a transaction that removes codes holds the promotion and waits for no further lock. Transactions
 * that take codes of a promotion that is being deleted do not lock the promotion (lib/codes/free.sql.ts): they lock these codes in
 * the order of the index before they insert any, and the job that deletes the promotion waits for none of them.
 */
export async function transaction<T>(db: Db, work: (tx: Db) => Promise<T>, options: Options = {}): Promise<T> {
  if (!isDatabase(db)) return db.$transaction(work, options);
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.$transaction(work, options);
    } catch (error) {
      if (databaseFault(error) !== 'contended') throw error;
      if (tries === mostTries) throw conflictingChange();
      await delay(Math.random() * longestPauseMs * tries);
    }
  }
}

/** True for the client, false for a transaction, which cannot connect. */
export function isDatabase(db: Db): db is Database {
  return '$connect' in db;
}

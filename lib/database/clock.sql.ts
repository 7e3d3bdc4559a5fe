import { z } from 'zod';
import { readRow } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { Prisma } from '#prisma/client';

/**
 * The time of the database's clock. Every time that is stored, signed or compared with a stored time must come from this function, from
 * a default or trigger of the database, or from `now()` in the statement, because the clocks of web processes and workers may differ.
 * Measure durations within a process with `performance.now()`.
 */
export async function databaseNow(db: Db): Promise<Date> {
  const { now } = await readRow(db, z.object({ now: z.date() }), Prisma.sql`select clock_timestamp() as now`);
  return now;
}

type Reading = { takenAt: number; databaseMs: number };

const maxReadingAgeMs = 10_000;
let reading: Promise<Reading> | undefined;
let readingStartedAt = 0;

/**
 * The time of the database's clock, from a reading that is at most 10 s old plus the time that the process has measured since. It is for
 * checks that run at every request, such as the expiry of an access token.
 */
export async function recentDatabaseNow(db: Db): Promise<Date> {
  if (!reading || performance.now() - readingStartedAt > maxReadingAgeMs) {
    readingStartedAt = performance.now();
    reading = readClock(db);
  }
  const { takenAt, databaseMs } = await reading.catch((error: unknown) => {
    reading = undefined;
    throw error;
  });
  return new Date(databaseMs + performance.now() - takenAt);
}

async function readClock(db: Db): Promise<Reading> {
  const takenAt = performance.now();
  return { takenAt, databaseMs: (await databaseNow(db)).getTime() };
}

import { z } from 'zod';
import { readRow } from '#lib/database/rows';
import type { Db } from '#lib/db';
import { Prisma } from '#prisma/client';

/**
 * The time by the database's clock. Every time that is stored, signed or compared with a stored one comes from here, from a
 * default or trigger of the database, or from `now()` in the statement itself, because the clocks of web processes and workers
 * may differ. Durations within one process are measured by `performance.now()`.
 */
export async function databaseNow(db: Db): Promise<Date> {
  const { now } = await readRow(db, z.object({ now: z.date() }), Prisma.sql`select clock_timestamp() as now`);
  return now;
}

type Reading = { takenAt: number; databaseMs: number };

const readingLastsMs = 10_000;
let reading: Promise<Reading> | undefined;
let readingSince = 0;

/**
 * The time by the database's clock, without a statement for each call: a reading is used for 10 s, and the process measures the
 * time since. For checks that run before all others, such as the expiry of an access token.
 */
export async function recentDatabaseNow(db: Db): Promise<Date> {
  if (!reading || performance.now() - readingSince > readingLastsMs) {
    readingSince = performance.now();
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

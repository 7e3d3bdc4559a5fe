import type { Db } from '#lib/db';

/**
 * The time by the database's clock. Every time that is stored, signed or compared with a stored one comes from here, from a
 * default or trigger of the database, or from `now()` in the statement itself, because the clocks of web processes and workers
 * may differ. Durations within one process are measured by `performance.now()`.
 */
export async function databaseNow(db: Db): Promise<Date> {
  const [{ now }] = await db.$queryRaw<[{ now: Date }]>`select clock_timestamp() as now`;
  return now;
}

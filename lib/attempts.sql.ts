import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readRow } from '#lib/database/rows';
import { type Db, db, pool } from '#lib/db';
import { DomainError } from '#lib/errors';
import { Prisma } from '#prisma/client';

const defaultSeconds = 15 * 60;
// Each counted attempt deletes more expired counters than it can create.
const expiredPerAttempt = 10;

/** The name of a kind of counter, such as `sign-in-address`, and the number of attempts that it allows in `seconds`, by default 15 minutes. */
export type AttemptLimit = { name: string; attempts: number; seconds?: number };

/** The counter of one address, account or device. */
export type AttemptCounter = { limit: AttemptLimit; key: string };

/** Creates the counter of `parts`. The key contains a hash of them: it fits the column at any length of the parts and contains no personal data. */
export function attemptCounter(limit: AttemptLimit, ...parts: string[]): AttemptCounter {
  return { limit, key: `${limit.name}:${createHash('sha256').update(JSON.stringify(parts)).digest('base64url')}` };
}

/**
 * Counts one attempt with each counter, for all processes and by the database's clock. Throws `too_many_requests` with the
 * seconds to wait when a counter has reached its limit. Such an attempt writes nothing, unless a simultaneous attempt reaches the
 * limit first.
 */
export async function countAttempt(counters: readonly AttemptCounter[]): Promise<void> {
  await requireAttemptsLeft(db(), counters);
  for (const counter of counters) if (!(await count(counter))) await requireAttemptsLeft(db(), [counter]);
  await deleteExpired();
}

/** Subtracts an attempt that succeeded. */
export async function uncountAttempt(counters: readonly AttemptCounter[]): Promise<void> {
  await pool().query('update rate_limits set points = greatest(points - 1, 0) where key = any($1)', [counters.map(({ key }) => key)]);
}

async function requireAttemptsLeft(db: Db, counters: readonly AttemptCounter[]): Promise<void> {
  const { seconds } = await readRow(
    db,
    z.object({ seconds: z.int().nullable() }),
    Prisma.sql`select ${secondsUntilFree(counters)} as seconds`,
  );
  refuseFor(seconds);
}

/** An SQL expression for the seconds until all counters are below their limits again; null when they are. Counts no attempt. */
export function secondsUntilFree(counters: readonly AttemptCounter[]): Prisma.Sql {
  const rows = counters.map(({ limit, key }) => Prisma.sql`(${key}::text, ${limit.attempts}::int)`);
  return Prisma.sql`(
    select max(ceil(extract(epoch from expires_at - clock_timestamp())))::int
    from (values ${Prisma.join(rows)}) as counter (key, attempts) join rate_limits using (key)
    where points >= attempts and expires_at > clock_timestamp())`;
}

/** Throws `too_many_requests` for a wait of {@link secondsUntilFree}; null is no wait. */
export function refuseFor(seconds: number | null): void {
  if (seconds !== null) throw tooManyAttempts(seconds);
}

/** Counts in one statement, so that simultaneous attempts cannot exceed the limit. Returns false when the limit is reached. */
async function count({ limit: { attempts, seconds = defaultSeconds }, key }: AttemptCounter): Promise<boolean> {
  const { rowCount } = await pool().query(
    `insert into rate_limits as counter (key, points, expires_at) values ($1, 1, clock_timestamp() + make_interval(secs => $3))
     on conflict (key) do update set
       points = case when counter.expires_at > clock_timestamp() then counter.points + 1 else 1 end,
       expires_at = case when counter.expires_at > clock_timestamp() then counter.expires_at else excluded.expires_at end
     where counter.points < $2 or counter.expires_at <= clock_timestamp()`,
    [key, attempts, seconds],
  );
  return rowCount === 1;
}

async function deleteExpired(): Promise<void> {
  await pool().query(
    `delete from rate_limits where key in (
       select key from rate_limits where expires_at <= clock_timestamp() order by expires_at limit $1 for update skip locked)`,
    [expiredPerAttempt],
  );
}

function tooManyAttempts(seconds: number): DomainError {
  const wait = Math.max(1, seconds);
  const minutes = Math.ceil(wait / 60);
  return new DomainError(
    'too_many_requests',
    `Too many attempts. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
  ).retryAfter(wait);
}

import type { Pool } from 'pg';
import { type ConstructorOptions, fromPrisma, PgBoss } from 'pg-boss';
import { required } from '#lib/config';
import type { Db } from '#lib/db';
import { log } from '#lib/log';
import { Prisma } from '#prisma/client';

/** The only file that knows pg-boss. An entry is the id of a job and nothing else: the job row is the truth. */
const queueName = 'promotion-jobs';
type Entry = { jobId: string };

/** A worker that shows no sign of life for this long is dead to the queue, which gives its jobs to another. pg-boss takes no less. */
export const heartbeatSeconds = 10;

const schema = 'pgboss';
const quietly = { supervise: false, schedule: false } as const;

// Without it a connection that died unheard would be waited for, and no job be fetched, for a quarter of an hour.
const queryTimeoutMs = '20000';

const tellAgainMs = 30_000;

function boss({ connectionString, ...options }: ConstructorOptions & { connectionString: string }): PgBoss {
  const address = new URL(connectionString);
  address.searchParams.set('query_timeout', queryTimeoutMs);
  const instance = new PgBoss({ schema, application_name: 'promint-queue', connectionString: address.href, ...options });
  // pg-boss goes on by itself after an error; unheard, one would end the process. While the database is away there is one a second.
  let toldAt = Number.NEGATIVE_INFINITY;
  instance.on('error', ({ message }) => {
    if (performance.now() - toldAt < tellAgainMs) return;
    toldAt = performance.now();
    log.warn({ reason: message }, 'the queue met an error and goes on');
  });
  return instance;
}

/** Makes the queue's tables, or brings them up to date. Part of the start, beside the migrations. */
export async function installQueue(databaseUrl: string): Promise<void> {
  const installer = boss({ connectionString: databaseUrl, max: 1, ...quietly });
  await installer.start();
  await installer.createQueue(queueName, {
    // One entry a job, queued or worked on: sending it again changes nothing.
    policy: 'exclusive',
    notify: true,
    heartbeatSeconds,
    // How often a worker may die over a job is counted on the job row; the queue never gives up by itself.
    retryLimit: 1_000_000,
    expireInSeconds: 86_399,
    deleteAfterSeconds: 3_600,
  });
  await installer.stop({ graceful: false });
}

/** Whether {@link installQueue} has been at this database. */
export async function isQueueInstalled(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query<{ installed: boolean }>(`select to_regclass('${schema}.queue') is not null as installed`);
  return rows[0]?.installed === true && (await pool.query(`select from ${schema}.queue where name = $1`, [queueName])).rowCount === 1;
}

declare global {
  var promintSender: Promise<PgBoss> | undefined;
}

function sender(): Promise<PgBoss> {
  globalThis.promintSender ??= boss({ connectionString: required('databaseUrl'), max: 1, migrate: false, ...quietly })
    .start()
    .catch((error: unknown) => {
      globalThis.promintSender = undefined;
      throw error;
    });
  return globalThis.promintSender;
}

/** The columns of a job that its queue entry depends on. */
export type QueueableJob = { id: string; large: boolean };

/** Adds jobs to the queue by one statement, as a part of the transaction `tx`. A job that has an entry keeps that one. */
export async function enqueue(tx: Db, jobs: readonly QueueableJob[]): Promise<void> {
  const entries = jobs.map(({ id, large }) => ({
    data: { jobId: id } satisfies Entry,
    singletonKey: id,
    ...(large && { group: { id: 'large' } }),
  }));
  await (await sender()).insert(queueName, entries, { db: fromPrisma(tx) });
}

/** A condition on the table `promotion_jobs`: the queue has no entry for the job, neither waiting nor being worked on. */
export const withoutEntry = Prisma.sql`not exists (
  select from pgboss.job as entry
  where entry.name = ${queueName} and entry.policy = 'exclusive' and entry.state <= 'active'
    and coalesce(entry.singleton_key, '') = promotion_jobs.id::text)`;

/** Lets go of the queue's connections, for tests and scripts that end. */
export async function closeSender(): Promise<void> {
  const open = globalThis.promintSender;
  globalThis.promintSender = undefined;
  await (await open)?.stop({ graceful: false });
}

export type Consumer = { stop(): Promise<void> };

/**
 * Calls `work` for each entry, at most `concurrency` at a time. A rejected call puts the entry back at once.
 * `signal` fires when the queue takes the entry for lost and has given it to another worker.
 */
export async function consume(
  databaseUrl: string,
  concurrency: number,
  work: (jobId: string, signal: AbortSignal) => Promise<void>,
): Promise<Consumer> {
  const consumer = boss({
    connectionString: databaseUrl,
    max: concurrency + 2,
    migrate: false,
    schedule: false,
    useListenNotify: true,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    queueCacheIntervalSeconds: 1,
  });
  await consumer.start();
  const options = {
    localConcurrency: concurrency,
    // Only large jobs have a group. One place is free of them, so that whoever wants a few codes never waits for those who want millions.
    localGroupConcurrency: Math.max(1, concurrency - 1),
    pollingIntervalSeconds: 0.5,
    notifyPollingIntervalSeconds: 0.5,
    // While jobs wait, the next one is fetched when one is over, and not when half a second is.
    burstWhenReadyExceeds: 1,
    heartbeatRefreshSeconds: 2,
  };
  await consumer.work<Entry>(queueName, options, async ([entry]) => {
    if (entry) await work(entry.data.jobId, entry.signal);
  });
  return { stop: () => consumer.stop({ graceful: true, timeout: 8_000 }) };
}

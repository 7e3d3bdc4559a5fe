import { type ConstructorOptions, fromPrisma, PgBoss } from 'pg-boss';
import { required } from '#lib/config';
import type { Db } from '#lib/db';
import { log } from '#lib/log';

// Only this file and queue.sql.ts use pg-boss. An entry contains only the id of a job. The job row is the source of truth.
export const queueName = 'promotion-jobs';
type Entry = { jobId: string };

/** After this time without a heartbeat, the queue gives a worker's jobs to another worker. pg-boss allows no shorter time. */
export const heartbeatSeconds = 10;

export const queueSchema = 'pgboss';
const withoutMaintenance = { supervise: false, schedule: false } as const;

// Without a timeout, a connection that failed without an error would block the fetching of jobs for 15 minutes.
const queryTimeoutMs = '20000';

const warnAgainMs = 30_000;

function boss({ connectionString, ...options }: ConstructorOptions & { connectionString: string }): PgBoss {
  const address = new URL(connectionString);
  address.searchParams.set('query_timeout', queryTimeoutMs);
  const instance = new PgBoss({ schema: queueSchema, application_name: 'promint-queue', connectionString: address.href, ...options });
  // pg-boss recovers from errors by itself, but an error without a listener ends the process. While the database is unavailable,
  // pg-boss reports one error per second.
  let warnedAt = Number.NEGATIVE_INFINITY;
  instance.on('error', ({ message }) => {
    if (performance.now() - warnedAt < warnAgainMs) return;
    warnedAt = performance.now();
    log.warn({ reason: message }, 'the queue recovers from an error');
  });
  return instance;
}

/** Creates or migrates the queue's tables. Runs at the start of the product, like the migrations. */
export async function installQueue(databaseUrl: string): Promise<void> {
  const installer = boss({ connectionString: databaseUrl, max: 1, ...withoutMaintenance });
  await installer.start();
  await installer.createQueue(queueName, {
    // A job has at most one entry, waiting or active. Adding another has no effect.
    policy: 'exclusive',
    notify: true,
    heartbeatSeconds,
    // The job row counts crashes, so the queue retries without a limit.
    retryLimit: 1_000_000,
    expireInSeconds: 86_399,
    deleteAfterSeconds: 3_600,
  });
  await installer.stop({ graceful: false });
}

declare global {
  var promintSender: Promise<PgBoss> | undefined;
}

function sender(): Promise<PgBoss> {
  globalThis.promintSender ??= boss({ connectionString: required('databaseUrl'), max: 1, migrate: false, ...withoutMaintenance })
    .start()
    .catch((error: unknown) => {
      globalThis.promintSender = undefined;
      throw error;
    });
  return globalThis.promintSender;
}

/** The columns of a job that its queue entry depends on. */
export type QueueableJob = { id: string; large: boolean };

/** Adds jobs to the queue in one statement, within the transaction `tx`. A job that already has an entry keeps it. */
export async function enqueue(tx: Db, jobs: readonly QueueableJob[]): Promise<void> {
  const entries = jobs.map(({ id, large }) => ({
    data: { jobId: id } satisfies Entry,
    singletonKey: id,
    ...(large && { group: { id: 'large' } }),
  }));
  await (await sender()).insert(queueName, entries, { db: fromPrisma(tx) });
}

/** Closes the connections to the queue, so that a test or script can end. */
export async function closeSender(): Promise<void> {
  const open = globalThis.promintSender;
  globalThis.promintSender = undefined;
  await (await open)?.stop({ graceful: false });
}

export type Consumer = { stop(): Promise<void> };

/**
 * Calls `work` for each entry, at most `concurrency` at a time. A rejected call returns the entry to the queue at once.
 * `signal` fires when the queue has presumed the worker dead and given the entry to another worker.
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
    // Only large jobs have a group. One place stays free of them, so that a small job never waits behind jobs of millions of codes.
    localGroupConcurrency: Math.max(1, concurrency - 1),
    pollingIntervalSeconds: 0.5,
    notifyPollingIntervalSeconds: 0.5,
    // While jobs wait, a worker fetches the next one as soon as one ends instead of after half a second.
    burstWhenReadyExceeds: 1,
    heartbeatRefreshSeconds: 2,
  };
  await consumer.work<Entry>(queueName, options, async ([entry]) => {
    if (entry) await work(entry.data.jobId, entry.signal);
  });
  return { stop: () => consumer.stop({ graceful: true, timeout: 8_000 }) };
}

import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { connect, type Database } from '#lib/db';
import { eventually } from '#lib/testing/eventually';
import { seedPromotion } from '#lib/testing/seed';
import { startWorker, type Worker } from '#lib/testing/worker';
import { type Api, callApi } from './api.ts';
import { type Context, template } from './context.ts';
import { violatedInvariants } from './invariants.ts';
import type { PostgresServer } from './postgres-server.ts';
import type { Random } from './random.ts';
import { startWeb, type Web } from './web.ts';

/** The environment of one round: its own database, export folder and web process, and the workers that the scenario starts. */
export type Environment = {
  server: PostgresServer;
  databaseUrl: string;
  exportsFolder: string;
  db: Database;
  pool: Pool;
  api: Api;
  random: Random;
  /** Returns `full` in a full round and a quarter of it in a short round. */
  size(full: number): number;
  /** Creates a promotion with a limit of a million codes and returns its id. */
  promotion(): Promise<string>;
  /** Starts a worker with the additional settings `env` and waits until it is ready. */
  worker(env?: Record<string, string>): Promise<Worker>;
  /** Returns the current web process. */
  web(): Promise<Web>;
  /** Kills the web process and starts another one with the additional settings `env`. */
  restartWeb(env?: Record<string, string>): Promise<Web>;
  /** Waits until all jobs have ended, stops the processes and returns the violated invariants. */
  settle(withinSeconds?: number): Promise<string[]>;
  /** Returns the logs of all processes. */
  logs(): Promise<string>;
  /** Registers a function that `remove` calls after the round. The last one registered runs first. */
  onCleanUp(undo: () => Promise<void>): void;
  remove(): Promise<void>;
};

const settleSeconds = 90;
const appSecret = randomBytes(32).toString('hex');
// The harness calls the API as fast as it can.
const settings = { APP_SECRET: appSecret, API_RATE_LIMIT: '100000' };

/** The `application_name` of the web process's database sessions. Scenarios select these sessions by it. */
export const webSessions = 'promint-web';

type EnvironmentOptions = { name: string; random: Random; short: boolean };

export async function createEnvironment(
  { server, credentials }: Context,
  { name, random, short }: EnvironmentOptions,
): Promise<Environment> {
  const databaseUrl = await server.createDatabase(name, template);
  const exportsFolder = join(server.folder, name);
  await mkdir(exportsFolder);
  const { db, pool, close } = connect(databaseUrl, 5, { connectionTimeoutMillis: 30_000 });
  const env = { ...settings, DATABASE_URL: databaseUrl, STORAGE_DIR: exportsFolder, DATA_DIR: server.folder };
  const webEnv = { ...env, DATABASE_URL: `${databaseUrl}?application_name=${webSessions}` };
  const workers: Worker[] = [];
  const cleanUps: (() => Promise<void>)[] = [];
  let web = startWeb(webEnv);
  const webs = [web];
  const processes = async () => [...workers, ...(await Promise.all(webs))];
  return {
    server,
    databaseUrl,
    exportsFolder,
    db,
    pool,
    api: callApi(async () => (await web).address, credentials),
    random,
    size: (full) => (short ? Math.ceil(full / 4) : full),
    promotion: async () => (await seedPromotion(db, { maxCodes: 1_000_000 })).id,
    async worker(more = {}) {
      const worker = startWorker({ ...env, NODE_ENV: 'test', ...more });
      workers.push(worker);
      await worker.ready();
      return worker;
    },
    web: () => web,
    async restartWeb(more = {}) {
      await (await web).kill();
      web = startWeb({ ...webEnv, ...more });
      webs.push(web);
      return web;
    },
    async settle(withinSeconds = settleSeconds) {
      const settled = () => pool.query(unsettled).then(({ rows }) => rows.length === 0);
      // The invariants report a job that has not ended in time.
      await eventually('the end of all jobs', () => settled().catch(() => false), withinSeconds * 1000).catch(() => {});
      await Promise.all((await processes()).map((part) => part.stop()));
      const failures = (await web)
        .output()
        .split('\n')
        .filter((line) => line.includes('an API call failed'));
      return [...failures, ...(await violatedInvariants(pool, exportsFolder))];
    },
    logs: async () => (await processes()).map((part) => part.output()).join('\n'),
    onCleanUp: (undo) => void cleanUps.unshift(undo),
    async remove() {
      // A suspended worker handles no other signal.
      for (const { process } of workers) process.kill('SIGCONT');
      await Promise.all((await processes()).map((part) => part.kill()));
      await close();
      for (const undo of cleanUps) await undo();
    },
  };
}

const unsettled = `
  select id from promotion_jobs where status in ('pending', 'processing', 'cancelling')
  union all select id from pgboss.job where name = 'promotion-jobs' and state in ('created', 'retry', 'active') limit 1`;

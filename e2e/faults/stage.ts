import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { connect, type Database } from '#lib/db';
import { eventually } from '#lib/testing/eventually';
import { makePromotion } from '#lib/testing/seed';
import { startWorker, type Worker } from '#lib/testing/worker';
import { type Api, callApi } from './api.ts';
import { type Ground, template } from './ground.ts';
import { brokenRules } from './invariants.ts';
import type { Random } from './random.ts';
import type { FaultServer } from './server.ts';
import { startWeb, type Web } from './web.ts';

/** Where one round is played: a database and an export folder of its own, a web process, and the workers it starts. */
export type Stage = {
  server: FaultServer;
  databaseUrl: string;
  exportsFolder: string;
  db: Database;
  pool: Pool;
  api: Api;
  random: Random;
  /** So many in a full round, a quarter of it in a short one. */
  size(full: number): number;
  /** The address of a promotion that takes up to a million codes. */
  promotion(): Promise<string>;
  /** A worker that is ready; `env` adds to its settings. */
  worker(env?: Record<string, string>): Promise<Worker>;
  /** The web process. */
  web(): Promise<Web>;
  /** Another one instead, from now on; `env` adds to its settings. */
  anotherWeb(env?: Record<string, string>): Promise<Web>;
  /** Waits for the end of all jobs, ends the processes and says what is broken. */
  settle(withinSeconds?: number): Promise<string[]>;
  /** What the processes have said so far. */
  logs(): Promise<string>;
  /** What is to be undone when the round is over, last things first. */
  afterwards(undo: () => Promise<void>): void;
  leave(): Promise<void>;
};

const settleSeconds = 90;
const appSecret = randomBytes(32).toString('hex');
// The harness asks as fast as it can.
const settings = { APP_SECRET: appSecret, API_RATE_LIMIT: '100000' };

/** The sessions of the web process say that they are its own, for who wants to end them. */
export const webSessions = 'promint-web';

type Scene = { name: string; random: Random; short: boolean };

export async function enterStage({ server, credentials }: Ground, { name, random, short }: Scene): Promise<Stage> {
  const databaseUrl = await server.createDatabase(name, template);
  const exportsFolder = join(server.folder, name);
  await mkdir(exportsFolder);
  const { db, pool, close } = connect(databaseUrl, 5, { connectionTimeoutMillis: 30_000 });
  const env = { ...settings, DATABASE_URL: databaseUrl, STORAGE_DIR: exportsFolder, DATA_DIR: server.folder };
  const webEnv = { ...env, DATABASE_URL: `${databaseUrl}?application_name=${webSessions}` };
  const workers: Worker[] = [];
  const undoing: (() => Promise<void>)[] = [];
  let web = startWeb(webEnv);
  const webs = [web];
  const parts = async () => [...workers, ...(await Promise.all(webs))];
  return {
    server,
    databaseUrl,
    exportsFolder,
    db,
    pool,
    api: callApi(async () => (await web).address, credentials),
    random,
    size: (full) => (short ? Math.ceil(full / 4) : full),
    promotion: async () => (await makePromotion(db, { maxCodes: 1_000_000 })).id,
    async worker(more = {}) {
      const worker = startWorker({ ...env, NODE_ENV: 'test', ...more });
      workers.push(worker);
      await worker.ready();
      return worker;
    },
    web: () => web,
    async anotherWeb(more = {}) {
      await (await web).kill();
      web = startWeb({ ...webEnv, ...more });
      webs.push(web);
      return web;
    },
    async settle(withinSeconds = settleSeconds) {
      const settled = () => pool.query(unsettled).then(({ rows }) => rows.length === 0);
      // Whatever is not settled in time, the rules find.
      await eventually('the end of all jobs', () => settled().catch(() => false), withinSeconds * 1000).catch(() => {});
      await Promise.all((await parts()).map((part) => part.stop()));
      const failures = (await web)
        .output()
        .split('\n')
        .filter((line) => line.includes('an API call failed'));
      return [...failures, ...(await brokenRules(pool, exportsFolder))];
    },
    logs: async () => (await parts()).map((part) => part.output()).join('\n'),
    afterwards: (undo) => void undoing.unshift(undo),
    async leave() {
      // A worker that was stopped by a signal cannot hear another one.
      for (const { process } of workers) process.kill('SIGCONT');
      await Promise.all((await parts()).map((part) => part.kill()));
      await close();
      for (const undo of undoing) await undo();
    },
  };
}

const unsettled = `
  select id from promotion_jobs where status in ('pending', 'processing', 'cancelling')
  union all select id from pgboss.job where name = 'promotion-jobs' and state in ('created', 'retry', 'active') limit 1`;

import { once } from 'node:events';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { connect, type Database } from '#lib/db';
import { eventually } from '#lib/testing/eventually';
import { makePromotion } from '#lib/testing/seed';
import { startWorker, type Worker } from '#lib/testing/worker';
import { type Driver, verbs } from './driver.ts';
import { brokenRules } from './invariants.ts';
import type { Random } from './random.ts';
import type { FaultServer } from './server.ts';

/** Where one round is played: a database and an export folder of its own, and the workers it starts. */
export type Stage = {
  server: FaultServer;
  databaseUrl: string;
  exportsFolder: string;
  db: Database;
  pool: Pool;
  driver: Driver;
  random: Random;
  /** The address of a promotion that takes up to a million codes. */
  promotion(): Promise<string>;
  /** A worker that is ready; `env` adds to its settings. */
  worker(env?: Record<string, string>): Promise<Worker>;
  /** Waits for the end of all jobs, ends the workers and says what is broken. */
  settle(withinSeconds?: number): Promise<string[]>;
  /** What the workers have said so far. */
  logs(): string;
  leave(): Promise<void>;
};

const template = 'promint_stage';
const settleSeconds = 90;

/** Makes the database that every stage begins as a copy of. */
export async function prepareTemplate(server: FaultServer): Promise<void> {
  const { pool, close } = connect(await server.createDatabase(template, 'promint_faults'), 1);
  await pool.query(await readFile(join(import.meta.dirname, 'history.sql'), 'utf8'));
  await close();
}

export async function enterStage(server: FaultServer, name: string, random: Random): Promise<Stage> {
  const databaseUrl = await server.createDatabase(name, template);
  const exportsFolder = join(server.folder, name);
  await mkdir(exportsFolder);
  const { db, pool, close } = connect(databaseUrl, 10);
  const workers: Worker[] = [];
  const env = { DATABASE_URL: databaseUrl, STORAGE_DIR: exportsFolder, DATA_DIR: server.folder, NODE_ENV: 'test' };
  const leave = async () => {
    // A worker that was stopped by a signal cannot hear another one.
    for (const { process } of workers) process.kill('SIGCONT');
    await Promise.all(workers.map((worker) => worker.kill()));
    await close();
  };
  return {
    server,
    databaseUrl,
    exportsFolder,
    db,
    pool,
    driver: verbs(db),
    random,
    promotion: async () => (await makePromotion(db, { maxCodes: 1_000_000 })).id,
    async worker(more = {}) {
      const worker = startWorker({ ...env, ...more });
      workers.push(worker);
      await Promise.race([once(worker.process, 'message'), once(worker.process, 'exit')]);
      return worker;
    },
    async settle(withinSeconds = settleSeconds) {
      const settled = () => pool.query(unsettled).then(({ rows }) => rows.length === 0);
      // Whatever is not settled in time, the rules find.
      await eventually('the end of all jobs', () => settled().catch(() => false), withinSeconds * 1000).catch(() => {});
      await Promise.all(workers.map((worker) => worker.stop()));
      return brokenRules(pool, exportsFolder);
    },
    logs: () => workers.map((worker) => worker.output()).join('\n'),
    leave,
  };
}

const unsettled = `
  select id from promotion_jobs where status in ('pending', 'processing', 'cancelling')
  union all select id from pgboss.job where name = 'promotion-jobs' and state in ('created', 'retry', 'active') limit 1`;

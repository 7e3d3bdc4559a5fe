import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '#lib/server/ports';
import { type RunningPostgres, startPostgresChild } from '#lib/server/postgres/child';
import type { PostgresOptions } from '#lib/server/postgres/postgres-process';
import { createDatabase, createTestCluster } from '#lib/testing/postgres';
import { unmountAll } from './volume.ts';

/** A durable PostgreSQL server (fsync on) that scenarios stop, kill and start again. */
export type PostgresServer = {
  databaseUrl: string;
  /** The folder of the cluster and of all other files of the harness. `remove` deletes it. */
  folder: string;
  /** Creates a database, empty or as a copy of `template`, and returns its URL. */
  createDatabase(name: string, template?: string): Promise<string>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Sends SIGKILL to the postmaster. The next start waits until the other PostgreSQL processes have exited, and replays the write-ahead log. */
  kill(): Promise<void>;
  remove(): Promise<void>;
};

const restartTries = 50;

export async function startPostgresServer(): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'promint-faults-'));
  // Under root, the server runs as the user postgres, which needs access to the folder.
  await chmod(folder, 0o755);
  const order: PostgresOptions = { dataDir: folder, port: await freePort(), password: randomBytes(16).toString('hex') };
  await createTestCluster(folder, order.password);
  let { child, databaseUrl } = await launch(order);
  return {
    databaseUrl,
    folder,
    createDatabase: (name, copied) => createDatabase(databaseUrl, name, copied),
    async start() {
      ({ child, databaseUrl } = await launch(order));
    },
    stop: () => child.stop(30_000),
    async kill() {
      const [pid] = (await readFile(join(folder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n');
      const exited = once(child.process, 'exit');
      process.kill(Number(pid), 'SIGKILL');
      await exited;
    },
    async remove() {
      await unmountAll();
      await child.stop(30_000);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Starts the server. Tries again after a kill, because the old processes can hold the shared memory for a moment. */
async function launch(order: PostgresOptions): Promise<RunningPostgres> {
  for (let tries = restartTries; ; tries -= 1) {
    try {
      return await startPostgresChild(order);
    } catch (error) {
      if (tries === 0) throw error;
      await delay(200);
    }
  }
}

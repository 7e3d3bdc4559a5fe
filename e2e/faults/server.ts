import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '#lib/host/ports';
import { type RunningPostgres, startPostgresChild } from '#lib/host/postgres-child';
import type { PostgresOrder } from '#lib/host/postgres-process';
import { createDatabase, createTestCluster } from '#lib/testing/postgres';
import { unmountAll } from './volume.ts';

/** A PostgreSQL that keeps what it was told (fsync on), made to be stopped, killed and started again. */
export type FaultServer = {
  databaseUrl: string;
  /** Whatever else the harness writes goes here too, and is removed by `remove`. */
  folder: string;
  /** A database beside the one of `databaseUrl`, empty or a copy of `template`. */
  createDatabase(name: string, template?: string): Promise<string>;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** SIGKILL to the postmaster: what is left of it must die and its log be read before it can start again. */
  kill(): Promise<void>;
  remove(): Promise<void>;
};

const restartTries = 50;

export async function startFaultServer(): Promise<FaultServer> {
  const folder = await mkdtemp(join(tmpdir(), 'promint-faults-'));
  // As root the server runs as the user postgres, which must be able to enter.
  await chmod(folder, 0o755);
  const order: PostgresOrder = { dataDir: folder, port: await freePort(), password: randomBytes(16).toString('hex') };
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
      const gone = once(child.process, 'exit');
      process.kill(Number(pid), 'SIGKILL');
      await gone;
    },
    async remove() {
      await unmountAll();
      await child.stop(30_000);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** After a kill the old processes may hold the shared memory for a moment; then the start is tried again. */
async function launch(order: PostgresOrder): Promise<RunningPostgres> {
  for (let tries = restartTries; ; tries -= 1) {
    try {
      return await startPostgresChild(order);
    } catch (error) {
      if (tries === 0) throw error;
      await delay(200);
    }
  }
}

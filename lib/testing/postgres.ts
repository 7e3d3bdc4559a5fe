import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '#lib/server/ports';
import { startPostgresChild } from '#lib/server/postgres/child';
import { clusterFolder, createCluster, role, runAsSuperuser } from '#lib/server/postgres/cluster';

/** A PostgreSQL for one run of tests or measurements, and a folder that goes with it. */
export type TemporaryPostgres = {
  databaseUrl: string;
  /** Whatever else the run writes goes here too, and is removed by `stop`. */
  folder: string;
  stop(): Promise<void>;
};

/**
 * Starts the embedded PostgreSQL in a fresh temporary folder. In a process of its own, as `npm start` does
 * it: even a run that is killed leaves no server behind. `durable: false` is faster and loses data at a power cut.
 */
export async function startTemporaryPostgres({ durable = false } = {}): Promise<TemporaryPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'promint-'));
  // As root the server runs as the user postgres, which must be able to enter.
  await chmod(folder, 0o755);
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  const order = { dataDir: folder, port: await freePort(), password: randomBytes(16).toString('hex') };
  const start = async () => {
    await createTestCluster(folder, order.password);
    if (!durable) await runAsSuperuser(clusterFolder(folder), 'alter system set fsync = off', 'alter system set synchronous_commit = off');
    return startPostgresChild(order);
  };
  const { child, databaseUrl } = await start().catch(async (error: unknown) => {
    await removeFolder();
    throw error;
  });
  return {
    databaseUrl,
    folder,
    async stop() {
      await child.stop(10_000);
      await removeFolder();
    },
  };
}

const superuser = 'superuser_of_tests';

/**
 * Creates a cluster as a first start does. The role of Promint may do in it what tests do and Promint never does: create
 * databases and end the sessions of PostgreSQL's own workers. It is no superuser here either; a role of tests is.
 */
export async function createTestCluster(folder: string, password: string): Promise<void> {
  await createCluster(folder, password);
  await runAsSuperuser(
    clusterFolder(folder),
    `alter role ${role} createdb`,
    `grant pg_checkpoint, pg_signal_backend, pg_signal_autovacuum_worker to ${role}`,
    `create role ${superuser} superuser login password ${pg.escapeLiteral(password)}`,
  );
}

/** The address of the same database for its superuser. */
export function asSuperuser(databaseUrl: string): string {
  const address = new URL(databaseUrl);
  address.username = superuser;
  return address.href;
}

/** Makes a database beside the one of `databaseUrl`, empty or a copy of `template`, and returns its address. */
export async function createDatabase(databaseUrl: string, name: string, template = 'template0'): Promise<string> {
  await execute(databaseUrl, `create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(template)}`);
  const address = new URL(databaseUrl);
  address.pathname = `/${name}`;
  return address.href;
}

/** Brings a database to the state of a first start, without users: all migrations, and the queue. */
export async function prepareDatabase(databaseUrl: string): Promise<void> {
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'prepare-database.ts'), databaseUrl]);
}

/** Removes a database, and whoever is still connected to it. */
export async function dropDatabase(databaseUrl: string, name: string): Promise<void> {
  await execute(databaseUrl, `drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
}

/** Runs statements one after the other, outside of any transaction. */
export async function execute(connectionString: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

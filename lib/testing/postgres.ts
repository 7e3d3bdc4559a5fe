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

/** A PostgreSQL server for one run of tests or measurements, with a folder. */
export type TemporaryPostgres = {
  databaseUrl: string;
  /** The folder for other files of the run. `stop` removes it. */
  folder: string;
  stop(): Promise<void>;
};

/**
 * Starts the embedded PostgreSQL in a new temporary folder and in a separate process, as `npm start` does, so that even a killed run
 * leaves no server behind. `durable: false` is faster and loses data at a power cut.
 */
export async function startTemporaryPostgres({ durable = false } = {}): Promise<TemporaryPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'promint-'));
  // For root, the server runs as the user postgres, which must be able to enter the folder.
  await chmod(folder, 0o755);
  const removeFolder = () => rm(folder, { recursive: true, force: true });
  const options = { dataDir: folder, port: await freePort(), password: randomBytes(16).toString('hex') };
  const start = async () => {
    await createTestCluster(folder, options.password);
    if (!durable) await runAsSuperuser(clusterFolder(folder), 'alter system set fsync = off', 'alter system set synchronous_commit = off');
    return startPostgresChild(options);
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
 * Creates a cluster as a first start does. The role of Promint may also create databases and end the sessions of PostgreSQL's own
 * workers, which only tests do. It is no superuser; a separate role of the tests is.
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

/** Returns the connection string of the same database for its superuser. */
export function asSuperuser(databaseUrl: string): string {
  const address = new URL(databaseUrl);
  address.username = superuser;
  return address.href;
}

/** Creates a database beside that of `databaseUrl`, empty or as a copy of `template`, and returns its address. */
export async function createDatabase(databaseUrl: string, name: string, template = 'template0'): Promise<string> {
  await execute(databaseUrl, `create database ${pg.escapeIdentifier(name)} template ${pg.escapeIdentifier(template)}`);
  const address = new URL(databaseUrl);
  address.pathname = `/${name}`;
  return address.href;
}

/** Prepares a database as a first start does, without users: all migrations and the queue. */
export async function prepareDatabase(databaseUrl: string): Promise<void> {
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, 'prepare-database.ts'), databaseUrl]);
}

/** Drops a database and closes its connections. */
export async function dropDatabase(databaseUrl: string, name: string): Promise<void> {
  await execute(databaseUrl, `drop database if exists ${pg.escapeIdentifier(name)} with (force)`);
}

/** Runs statements in order, outside a transaction. */
export async function execute(connectionString: string, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

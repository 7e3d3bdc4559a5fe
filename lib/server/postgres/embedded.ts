import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { clusterFolder, createCluster, database, role } from '#lib/server/postgres/cluster';
import { probe } from '#lib/server/postgres/probe';
import { postgresAccount, postgresEnvironment, postgresPrograms } from '#lib/server/postgres/programs';
import { unreachableFolder } from '#lib/server/postgres/reachable';
import { loadSecrets } from '#lib/server/secrets';
import { StartupError } from '#lib/server/startup-error';

/** The major version of the PostgreSQL in the npm package. It cannot open a cluster of another major version. */
export const embeddedMajor = '18';

const pollIntervalMs = 50;

/**
 * Memory for cached pages: an eighth of the machine's memory, from 128 MB to 1 GB. Measured: with it the time for a slice stays
 * constant up to ten million codes.
 */
function sharedBuffersMb(): number {
  return Math.min(1024, Math.max(128, Math.floor(totalmem() / 8 / 1_048_576)));
}

const serverSettings = (): Record<string, string> => ({
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  shared_buffers: `${sharedBuffersMb()}MB`,
  max_wal_size: '8GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  max_connections: '100',
});

export type EmbeddedServer = {
  databaseUrl: string;
  /** Resolves when the server has ended, for any reason. */
  ended: Promise<unknown>;
  stop(): Promise<void>;
};

/**
 * Runs the embedded PostgreSQL on `dataDir/postgres` and creates the cluster on first use. The caller holds the lock of the
 * folder, so a server that still runs there is an orphan and is stopped first. Throws {@link StartupError} when the cluster has
 * another major version or PostgreSQL cannot reach the folder.
 */
export async function startEmbeddedPostgres(dataDir: string, port: number, password: string): Promise<EmbeddedServer> {
  const version = await clusterVersion(dataDir);
  if (version !== null && version !== embeddedMajor) {
    throw new StartupError(
      `${clusterFolder(dataDir)} was created by PostgreSQL ${version}, but this Promint includes PostgreSQL ${embeddedMajor}: move the folder to another place, or set DATA_DIR to another folder.`,
    );
  }
  const blocked = await unreachableFolder([dataDir, import.meta.dirname]);
  if (blocked) {
    throw new StartupError(
      `Promint runs as root and therefore starts PostgreSQL as the user postgres, which cannot enter ${blocked}: run chmod o+x ${blocked}, move Promint and DATA_DIR to folders that all users can enter, or set DATABASE_URL.`,
    );
  }
  if (version === null) await createCluster(dataDir, password);
  else await stopOrphanedServer(dataDir, password);
  const server = await spawnServer(dataDir, port);
  const databaseUrl = connectionStringFor(port, password);
  try {
    await waitUntilOpen(databaseUrl, server, dataDir);
    await rejectSuperuser(databaseUrl, dataDir);
  } catch (error) {
    await stopServer(server.process);
    throw error;
  }
  return { databaseUrl, ended: server.ended, stop: () => stopServer(server.process) };
}

type Server = { process: ChildProcess; ended: Promise<unknown>; output(): string };

async function spawnServer(dataDir: string, port: number): Promise<Server> {
  const { postgres } = await postgresPrograms();
  const settings = Object.entries(serverSettings()).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(postgres, ['-D', clusterFolder(dataDir), '-p', String(port), ...settings], {
    ...(await postgresAccount()),
    env: postgresEnvironment(process.env),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const lines: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => void (lines.push(chunk.toString().trim()) > 5 && lines.shift()));
  return { process: child, ended: once(child, 'exit'), output: () => lines.join('\n') };
}

/**
 * Waits until a server accepts connections, without a limit, because a recovery can take long. Throws {@link StartupError} when the
 * server ends or rejects the password.
 */
async function waitUntilOpen(databaseUrl: string, { process: server, output }: Server, dataDir: string): Promise<void> {
  for (;;) {
    if (server.exitCode !== null || server.signalCode !== null)
      throw new StartupError(`PostgreSQL did not start in ${dataDir}. Its output: ${output() || 'none'}`);
    const answer = await probe(databaseUrl);
    if (answer === 'open') return;
    if (answer === 'rejected')
      throw new StartupError(
        `${join(dataDir, 'secrets.json')} does not contain the password of the database in this folder: restore the original file, or set DATA_DIR to another folder.`,
      );
    await delay(pollIntervalMs);
  }
}

/** Closes all connections and stops the server. Committed data is on disk. */
async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGINT');
  await exited;
}

/** Early versions of Promint used a superuser whose password other users of the machine could read during the creation. */
async function rejectSuperuser(connectionString: string, dataDir: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query<{ rolsuper: boolean }>('select rolsuper from pg_roles where rolname = current_user');
  await client.end();
  if (rows[0]?.rolsuper === false) return;
  throw new StartupError(
    `The database in ${dataDir} was created by an early version of Promint that used a superuser: move the folder to another place, or set DATA_DIR to another folder.`,
  );
}

/** The connection string of Promint's role. */
function connectionStringFor(port: string | number, password: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
}

/** The process id and the port in `postmaster.pid`, lines 1 and 4. PostgreSQL removes the file when it stops. */
async function runningServer(dataDir: string): Promise<{ pid: number; port: string } | null> {
  const [pid, , , port] = (await readOptional(join(clusterFolder(dataDir), 'postmaster.pid')))?.split('\n') ?? [];
  return port ? { pid: Number(pid), port } : null;
}

/**
 * Stops a server whose wrapper process was killed. A server that accepts the password of the folder proves that the process id in
 * `postmaster.pid` belongs to it.
 */
async function stopOrphanedServer(dataDir: string, password: string): Promise<void> {
  // A stopping server closes its port a moment before its process ends. A process that stays longer is another one with the same id.
  let closedTimes = 0;
  for (;;) {
    const running = await runningServer(dataDir);
    if (!running) return;
    const answer = await probe(connectionStringFor(running.port, password));
    if (answer === 'rejected' || (answer === 'closed' && !isAlive(running.pid))) return;
    if (answer === 'open') process.kill(running.pid, 'SIGINT');
    closedTimes += answer === 'closed' ? 1 : 0;
    if (closedTimes > 20) return;
    await delay(pollIntervalMs);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The connection string of the embedded PostgreSQL that another process runs on `dataDir`; null when none runs. */
export async function runningDatabaseUrl(dataDir: string): Promise<string | null> {
  const running = await runningServer(dataDir);
  return running && connectionStringFor(running.port, (await loadSecrets(dataDir)).databasePassword);
}

async function clusterVersion(dataDir: string): Promise<string | null> {
  return (await readOptional(join(clusterFolder(dataDir), 'PG_VERSION')))?.trim() ?? null;
}

async function readOptional(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return null;
  });
}

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
import { keptSecrets } from '#lib/server/secrets';
import { StartupError } from '#lib/server/startup-error';

/** The major version of the package's PostgreSQL, which cannot open a data folder of another version. */
export const embeddedMajor = '18';

const askEveryMs = 50;

/** Memory for cached pages: an eighth of the machine's, 128 MB to 1 GB. Measured: with this, ten million codes are generated at constant speed. */
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
 * Runs the embedded PostgreSQL on `dataDir/postgres`, creating it on first use. The caller holds the folder's lock. A
 * server that is left over from an earlier Promint is stopped first. Throws {@link StartupError} when the folder belongs to another
 * version or cannot be reached.
 */
export async function startEmbeddedPostgres(dataDir: string, port: number, password: string): Promise<EmbeddedServer> {
  const found = await clusterVersion(dataDir);
  if (found !== null && found !== embeddedMajor) {
    throw new StartupError(
      `${clusterFolder(dataDir)} was made by PostgreSQL ${found} and this Promint brings ${embeddedMajor}: move the folder away, or point DATA_DIR at another one.`,
    );
  }
  const blocked = await unreachableFolder([dataDir, import.meta.dirname]);
  if (blocked) {
    throw new StartupError(
      `As root, PostgreSQL runs as the user postgres, which may not enter ${blocked}: set DATA_DIR and install Promint where everybody may (chmod o+x ${blocked}), or set DATABASE_URL.`,
    );
  }
  if (found === null) await createCluster(dataDir, password);
  else await stopLeftOver(dataDir, password);
  const server = await spawnServer(dataDir, port);
  const databaseUrl = addressOf(port, password);
  try {
    await untilOpen(databaseUrl, server, dataDir);
    await refuseSuperuser(databaseUrl, dataDir);
  } catch (error) {
    await stopServer(server.process);
    throw error;
  }
  return { databaseUrl, ended: server.ended, stop: () => stopServer(server.process) };
}

type Server = { process: ChildProcess; ended: Promise<unknown>; said(): string };

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
  return { process: child, ended: once(child, 'exit'), said: () => lines.join('\n') };
}

/** Waits until a server accepts connections, without a limit for its recovery. Throws {@link StartupError} when it ends or is another server. */
async function untilOpen(databaseUrl: string, { process: server, said }: Server, dataDir: string): Promise<void> {
  for (;;) {
    if (server.exitCode !== null || server.signalCode !== null)
      throw new StartupError(`PostgreSQL did not start in ${dataDir}. It said: ${said() || 'nothing'}`);
    const answer = await probe(databaseUrl);
    if (answer === 'open') return;
    if (answer === 'foreign')
      throw new StartupError(
        `${join(dataDir, 'secrets.json')} does not have the password of the database beside it: put back the file that belongs to it, or point DATA_DIR at another folder.`,
      );
    await delay(askEveryMs);
  }
}

/** Closes all connections and stops. Committed data is on the disk. */
async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill('SIGINT');
  await gone;
}

/** Rejects data folders of early versions: their role is a superuser whose password other users could read during the creation. */
async function refuseSuperuser(connectionString: string, dataDir: string): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  const { rows } = await client.query<{ rolsuper: boolean }>('select rolsuper from pg_roles where rolname = current_user');
  await client.end();
  if (rows[0]?.rolsuper === false) return;
  throw new StartupError(
    `The database in ${dataDir} is of an early Promint that worked as a superuser: move the folder away, or point DATA_DIR at another one.`,
  );
}

/** The address for the role of Promint. */
function addressOf(port: string | number, password: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
}

/** The first and fourth line of a file that PostgreSQL writes at its start and removes at its end. */
async function runningServer(dataDir: string): Promise<{ pid: number; port: string } | null> {
  const [pid, , , port] = (await readOptional(join(clusterFolder(dataDir), 'postmaster.pid')))?.split('\n') ?? [];
  return port ? { pid: Number(pid), port } : null;
}

/** Stops a server whose wrapper was killed. Its acceptance of the folder's password proves that the process id belongs to it. */
async function stopLeftOver(dataDir: string, password: string): Promise<void> {
  // A stopping server no longer listens but exists for a moment. A process that stays only has the same id.
  let closedTimes = 0;
  for (;;) {
    const running = await runningServer(dataDir);
    if (!running) return;
    const answer = await probe(addressOf(running.port, password));
    if (answer === 'foreign' || (answer === 'closed' && !isAlive(running.pid))) return;
    if (answer === 'open') process.kill(running.pid, 'SIGINT');
    closedTimes += answer === 'closed' ? 1 : 0;
    if (closedTimes > 20) return;
    await delay(askEveryMs);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The address of the embedded PostgreSQL that another process runs on `dataDir`, or null without one. */
export async function runningDatabaseUrl(dataDir: string): Promise<string | null> {
  const running = await runningServer(dataDir);
  return running && addressOf(running.port, (await keptSecrets(dataDir)).databasePassword);
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

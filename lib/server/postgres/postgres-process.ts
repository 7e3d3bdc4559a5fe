import '#lib/server/processes/begin';
import { join } from 'node:path';
import { type EmbeddedServer, startEmbeddedPostgres } from '#lib/server/postgres/embedded';
import { type Lock, waitForLock } from '#lib/server/processes/lock';
import { onShutdown } from '#lib/server/processes/shutdown';
import { StartupError } from '#lib/server/startup-error';

/**
 * The process that runs the embedded PostgreSQL. It has its own process group, so that Ctrl-C in a terminal reaches only the
 * supervisor and the database stops last. It ends when the database or its parent process ends.
 */
export type PostgresOptions = { dataDir: string; port: number; password: string };

// After a supervisor was killed, its database may still be stopping.
const lockTimeoutMs = 5_000;

let lock: Lock | null = null;
let server: Promise<EmbeddedServer> | undefined;
let stopping = false;

onShutdown(async () => {
  stopping = true;
  // A failed start reports its own error.
  await (await server?.catch(() => undefined))?.stop();
  process.exit(0);
});
process.once('message', (options: PostgresOptions) => void run(options));

async function run(options: PostgresOptions): Promise<void> {
  server = start(options);
  const { databaseUrl, ended } = await server;
  process.send?.({ databaseUrl });
  await ended;
  if (!stopping) process.exit(1);
}

async function start({ dataDir, port, password }: PostgresOptions): Promise<EmbeddedServer> {
  lock = await waitForLock(join(dataDir, 'postgres.lock'), lockTimeoutMs);
  if (!lock) throw new StartupError(`${dataDir} is in use by another Promint: stop that one, or set DATA_DIR to another folder.`);
  return startEmbeddedPostgres(dataDir, port, password);
}

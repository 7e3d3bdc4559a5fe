import '#lib/server/processes/begin';
import { join } from 'node:path';
import { type EmbeddedServer, startEmbeddedPostgres } from '#lib/server/postgres/embedded';
import { type Lock, waitForLock } from '#lib/server/processes/lock';
import { onShutdown } from '#lib/server/processes/shutdown';
import { StartupError } from '#lib/server/startup-error';

/**
 * Runs the embedded PostgreSQL in a process group of its own, so that Ctrl-C in a terminal reaches the
 * supervisor alone and the database stops last. Ends with the database or with its parent.
 */
export type PostgresOrder = { dataDir: string; port: number; password: string };

// A Promint that was just killed may still be stopping its database.
const waitForOthersMs = 5_000;

let lock: Lock | null = null;
let server: Promise<EmbeddedServer> | undefined;
let stopping = false;

onShutdown(async () => {
  stopping = true;
  // The start itself reports a failure.
  await (await server?.catch(() => undefined))?.stop();
  process.exit(0);
});
process.once('message', (order: PostgresOrder) => void run(order));

async function run(order: PostgresOrder): Promise<void> {
  server = start(order);
  const { databaseUrl, ended } = await server;
  process.send?.({ databaseUrl });
  await ended;
  if (!stopping) process.exit(1);
}

async function start({ dataDir, port, password }: PostgresOrder): Promise<EmbeddedServer> {
  lock = await waitForLock(join(dataDir, 'postgres.lock'), waitForOthersMs);
  if (!lock) throw new StartupError(`${dataDir} is in use by another Promint: stop that one, or set DATA_DIR to another folder.`);
  return startEmbeddedPostgres(dataDir, port, password);
}

import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { type EmbeddedServer, startEmbeddedPostgres } from '#lib/host/postgres';
import { StartupError } from '#lib/host/startup-error';

/**
 * Runs the embedded PostgreSQL in a process group of its own, so that Ctrl-C in a terminal reaches the
 * supervisor alone and the database stops last. Ends when the database does, or when its parent is gone.
 */
export type PostgresOrder = { dataDir: string; port: number; password: string };
export type PostgresReport = { databaseUrl: string; created: boolean } | { refused: string };

process.once('message', (order: PostgresOrder) => void run(order));

async function run({ dataDir, port, password }: PostgresOrder): Promise<void> {
  let server: EmbeddedServer;
  try {
    server = await startEmbeddedPostgres(dataDir, port, password);
  } catch (error) {
    if (!(error instanceof StartupError)) throw error;
    report({ refused: error.message }, () => process.exit(1));
    return;
  }
  const stop = () => void server.stop().then(() => process.exit(0));
  process.once('SIGTERM', stop);
  process.once('disconnect', stop);
  report({ databaseUrl: server.databaseUrl, created: server.created });
  await lost(server.databaseUrl);
  process.exit(1);
}

function report(message: PostgresReport, sent?: () => void): void {
  process.send?.(message, undefined, undefined, sent);
}

/** Resolves when nothing listens any more. A server that only recovers from a crash is still there. */
async function lost(connectionString: string): Promise<void> {
  for (;;) {
    const client = new pg.Client({ connectionString });
    const ended = new Promise<void>((resolve) => client.once('end', () => resolve()));
    client.on('error', () => {});
    const refused = await client.connect().then(
      () => false,
      (error: NodeJS.ErrnoException) => error.code === 'ECONNREFUSED',
    );
    if (refused) return;
    await Promise.race([ended, delay(60_000)]);
    await client.end().catch(() => {});
    await delay(500);
  }
}

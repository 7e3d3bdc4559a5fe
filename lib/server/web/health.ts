import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Pool } from 'pg';
import { isQueueInstalled } from '#lib/jobs/engine/queue.sql';
import { log } from '#lib/log';
import { isStorageWritable } from '#lib/storage';
import { pendingMigrations } from '../../../prisma/pending-migrations.ts';

type Dependency = 'database' | 'migrations' | 'queue' | 'storage';

/** Answers `/health/live` and `/health/ready`, before all rules for other addresses. */
export type Health = {
  /** Answers a request for one of the two addresses. Returns false for any other request. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
  /** From now on `/health/ready` reports that this server is shutting down. */
  shutDown(): void;
};

/** Creates the health check of a web process that uses the database of `pool`. */
export function createHealth(pool: Pool): Health {
  let shuttingDown = false;
  // Simultaneous requests share one check, so that they cost the database little.
  let check: Promise<Dependency[]> | undefined;
  const checkOnce = () => {
    check ??= missingDependencies(pool).finally(() => {
      check = undefined;
    });
    return check;
  };
  const ready = async (response: ServerResponse) => {
    const notReady = shuttingDown ? ['shutting down'] : await checkOnce();
    if (notReady.length === 0) send(response, 200, { status: 'ready' });
    else send(response, 503, { status: 'not ready', not_ready: notReady });
  };
  return {
    answer(request, response) {
      const [path] = (request.url ?? '').split('?');
      if (path !== '/health/live' && path !== '/health/ready') return false;
      if (request.method !== 'GET' && request.method !== 'HEAD') response.writeHead(405, { allow: 'GET, HEAD' }).end();
      else if (path === '/health/live') send(response, 200, { status: 'live' });
      else void ready(response);
      return true;
    },
    shutDown() {
      shuttingDown = true;
    },
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

/** The missing dependencies. Without the database, its migrations and its queue cannot be checked. */
async function missingDependencies(pool: Pool): Promise<Dependency[]> {
  const storage = await missingUnless('storage', isStorageWritable);
  const database = await missingUnless('database', () => pool.query('select 1').then(() => true));
  if (database.length > 0) return [...database, ...storage];
  const migrations = await missingUnless('migrations', async () => (await pendingMigrations(pool)).length === 0);
  const queue = await missingUnless('queue', () => isQueueInstalled(pool));
  return [...migrations, ...queue, ...storage];
}

async function missingUnless(dependency: Dependency, isAvailable: () => Promise<boolean>): Promise<Dependency[]> {
  try {
    return (await isAvailable()) ? [] : [dependency];
  } catch (error) {
    log.debug({ dependency, error }, 'not ready');
    return [dependency];
  }
}

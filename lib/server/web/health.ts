import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Pool } from 'pg';
import { isQueueInstalled } from '#lib/jobs/engine/queue.sql';
import { log } from '#lib/log';
import { isStorageWritable } from '#lib/storage';
import { pendingMigrations } from '../../../prisma/pending-migrations.ts';

type Need = 'database' | 'migrations' | 'queue' | 'storage';

/** Answers `/health/live` and `/health/ready`, before all rules for other addresses. */
export type Health = {
  /** Answers a request for one of the two; false for any other request. */
  answer(request: IncomingMessage, response: ServerResponse): boolean;
  /** Makes `/health/ready` report that this server is stopping. */
  shutDown(): void;
};

/** The health of a web process whose database is behind `pool`. */
export function createHealth(pool: Pool): Health {
  let shuttingDown = false;
  // Simultaneous requests share one answer, so that they cost the database little.
  let asked: Promise<Need[]> | undefined;
  const askOnce = () => {
    asked ??= missing(pool).finally(() => {
      asked = undefined;
    });
    return asked;
  };
  const ready = async (response: ServerResponse) => {
    const notReady = shuttingDown ? ['shutting down'] : await askOnce();
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

/** The missing requirements of this server. Without the database, its contents are not checked. */
async function missing(pool: Pool): Promise<Need[]> {
  const storage = await lacks('storage', isStorageWritable);
  const database = await lacks('database', () => pool.query('select 1').then(() => true));
  if (database.length > 0) return [...database, ...storage];
  const migrations = await lacks('migrations', async () => (await pendingMigrations(pool)).length === 0);
  const queue = await lacks('queue', () => isQueueInstalled(pool));
  return [...migrations, ...queue, ...storage];
}

async function lacks(need: Need, isThere: () => Promise<boolean>): Promise<Need[]> {
  try {
    return (await isThere()) ? [] : [need];
  } catch (error) {
    log.debug({ need, error }, 'not ready');
    return [need];
  }
}

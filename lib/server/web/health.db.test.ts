import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { config } from '#lib/config';
import { createHealth } from '#lib/server/web/health';
import { createStorageFolder } from '#lib/storage';
import { pool } from '#lib/testing/database';

async function serve(database: pg.Pool) {
  const health = createHealth(database);
  const server = createServer((request, response) => {
    if (!health.answer(request, response)) response.writeHead(404).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const send = async (path: string, init?: RequestInit) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
    return { status: response.status, body: await response.text(), cache: response.headers.get('cache-control') };
  };
  return { health, send, close: () => server.close() };
}

let healthy: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  await createStorageFolder();
  healthy = await serve(pool);
});
afterAll(() => healthy.close());

const notReady = (...missing: string[]) => ({
  status: 503,
  body: JSON.stringify({ status: 'not ready', not_ready: missing }),
  cache: 'no-store',
});

test('/health/live and /health/ready answer 200 when no dependency is missing', async () => {
  expect(await healthy.send('/health/live')).toEqual({ status: 200, body: '{"status":"live"}', cache: 'no-store' });
  expect(await healthy.send('/health/ready?from=balancer')).toEqual({ status: 200, body: '{"status":"ready"}', cache: 'no-store' });
});

test('/health/ready answers HEAD like GET, and other methods with 405', async () => {
  expect(await healthy.send('/health/ready', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' });
  expect(await healthy.send('/health/ready', { method: 'POST' })).toMatchObject({ status: 405 });
});

test('the health check does not answer other addresses', async () => {
  for (const path of ['/health', '/healthx', '/health/readyx', '/health/ready/x']) expect((await healthy.send(path)).status).toBe(404);
});

test('/health/ready lists migrations when the database lacks one', async () => {
  await pool.query('create table kept as select * from _prisma_migrations');
  await pool.query('delete from _prisma_migrations where migration_name = (select max(migration_name) from _prisma_migrations)');
  expect(await healthy.send('/health/ready')).toEqual(notReady('migrations'));
  await pool.query('delete from _prisma_migrations; insert into _prisma_migrations select * from kept; drop table kept');
  expect(await healthy.send('/health/ready')).toMatchObject({ status: 200 });
});

test('/health/ready lists queue when the database lacks the queue', async () => {
  await pool.query('alter schema pgboss rename to elsewhere');
  expect(await healthy.send('/health/ready')).toEqual(notReady('queue'));
  await pool.query('alter schema elsewhere rename to pgboss');
});

test('/health/ready lists storage when the storage folder is missing', async () => {
  await rm(config().storageDir, { recursive: true });
  expect(await healthy.send('/health/ready')).toEqual(notReady('storage'));
  await createStorageFolder();
  expect(await healthy.send('/health/ready')).toMatchObject({ status: 200 });
});

test('/health/ready lists database when the database is unreachable, and /health/live still answers 200', async () => {
  const unreachable = new pg.Pool({ connectionString: 'postgres://promint:promint@127.0.0.1:1/promint', connectionTimeoutMillis: 1_000 });
  const server = await serve(unreachable);
  expect(await server.send('/health/ready')).toEqual(notReady('database'));
  expect(await server.send('/health/live')).toMatchObject({ status: 200 });
  server.close();
  await unreachable.end();
});

test('/health/ready lists shutting down after shutDown, and /health/live still answers 200', async () => {
  const server = await serve(pool);
  server.health.shutDown();
  expect(await server.send('/health/ready')).toEqual(notReady('shutting down'));
  expect(await server.send('/health/live')).toMatchObject({ status: 200 });
  server.close();
});

import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '#lib/server/ports';
import { type RunningPostgres, startPostgresChild } from '#lib/server/postgres/child';
import { createCluster, runAsSuperuser } from '#lib/server/postgres/cluster';
import { postgresEnvironment } from '#lib/server/postgres/programs';

const password = 'a-password-of-this-test';
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'promint-postgres-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true }));

const orderFor = async (name: string) => ({ dataDir: join(folder, name), port: await freePort(), password });

async function newFolder(name: string) {
  const order = await orderFor(name);
  await mkdir(order.dataDir);
  return order;
}

async function query<Row extends pg.QueryResultRow>(connectionString: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('a database that was created by a first start', () => {
  let running: RunningPostgres;
  let dataDir = '';
  beforeAll(async () => {
    const order = await newFolder('created');
    dataDir = order.dataDir;
    running = await startPostgresChild(order);
  }, 60_000);
  afterAll(() => running.child.stop(10_000), 30_000);

  test('the role of Promint has no privilege beyond its own database', async () => {
    const privileges = 'rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls';
    const [role] = await query(running.databaseUrl, `select ${privileges} from pg_roles where rolname = current_user`);
    expect(role).toEqual({ rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolreplication: false, rolbypassrls: false });
  });

  test('the role of Promint creates extensions, schemas and tables, and ends its own sessions', async () => {
    await query(running.databaseUrl, 'create extension pg_trgm; create schema extra; create table public.own (id int)');
    const other = new pg.Client({ connectionString: running.databaseUrl });
    other.on('error', () => {});
    await other.connect();
    const ended = new Promise((resolve) => other.once('end', resolve));
    const others = 'pg_stat_activity where usename = current_user and pid <> pg_backend_pid()';
    await query(running.databaseUrl, `select pg_terminate_backend(pid) from ${others}`);
    await ended;
  });

  test('the superuser has no password and cannot connect', async () => {
    for (const guess of ['', password, 'postgres', 'promint']) {
      const address = Object.assign(new URL(running.databaseUrl), { username: 'postgres', password: guess });
      await expect(query(address.href, 'select 1')).rejects.toThrow(/password/);
    }
  });

  test('no file of the data folder holds the password that the role was created with', async () => {
    for (const entry of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const content = await readFile(join(entry.parentPath, entry.name), 'latin1');
      expect(content.includes(password), join(entry.parentPath, entry.name)).toBe(false);
    }
  });

  test('a folder on which another process runs a database is rejected with one sentence', async () => {
    const again = { dataDir, password, port: await freePort() };
    await expect(startPostgresChild(again)).rejects.toThrow(/is in use by another Promint: stop that one/);
  });
});

test('PostgreSQL gets its locale and time zone, and no setting of Promint', () => {
  const shown = postgresEnvironment({
    PATH: '/bin',
    LANG: 'C',
    LC_TIME: 'C',
    TZ: 'UTC',
    APP_SECRET: 's',
    ADMIN_PASSWORD: 'p',
    PGPASSWORD: 'x',
    NODE_ENV: 'test',
  });
  expect(shown).toEqual({ PATH: '/bin', LANG: 'C', LC_TIME: 'C', TZ: 'UTC' });
});

test('a folder whose database has a superuser as its role is rejected with one sentence', async () => {
  const order = await newFolder('early');
  await createCluster(order.dataDir, password);
  await runAsSuperuser(join(order.dataDir, 'postgres'), 'alter role promint superuser');
  await expect(startPostgresChild(order)).rejects.toThrow(
    /^The database in .* is of an early Promint that worked as a superuser: move the folder away/,
  );
});

test('a folder with the secrets of another database is rejected with one sentence', async () => {
  const order = await newFolder('secrets');
  await createCluster(order.dataDir, 'another-password');
  await expect(startPostgresChild(order)).rejects.toThrow(/secrets\.json does not have the password of the database beside it/);
});

test('a server whose wrapper was killed is stopped and started again', async () => {
  const order = await newFolder('left');
  const first = await startPostgresChild(order);
  await query(first.databaseUrl, 'create table kept as select 1 as id');
  first.child.process.kill('SIGKILL');
  await first.child.ended;
  const second = await startPostgresChild({ ...order, port: await freePort() });
  expect(await query(second.databaseUrl, 'select id from kept')).toEqual([{ id: 1 }]);
  await second.child.stop(10_000);
});

test('an interrupted creation starts again', async () => {
  const order = await newFolder('broken');
  await mkdir(join(order.dataDir, 'postgres.unfinished'));
  await writeFile(join(order.dataDir, 'postgres.unfinished', 'PG_VERSION'), '18\n');
  const { child, databaseUrl } = await startPostgresChild(order);
  expect(await query(databaseUrl, 'select current_database() as name')).toEqual([{ name: 'promint' }]);
  await child.stop(10_000);
});

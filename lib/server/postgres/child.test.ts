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

const optionsFor = async (name: string) => ({ dataDir: join(folder, name), port: await freePort(), password });

async function newFolder(name: string) {
  const options = await optionsFor(name);
  await mkdir(options.dataDir);
  return options;
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

describe('startPostgresChild on a new data folder', () => {
  let running: RunningPostgres;
  let dataDir = '';
  beforeAll(async () => {
    const options = await newFolder('created');
    dataDir = options.dataDir;
    running = await startPostgresChild(options);
  }, 60_000);
  afterAll(() => running.child.stop(10_000), 30_000);

  test('startPostgresChild creates a role for Promint without any privilege outside its own database', async () => {
    const privileges = 'rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls';
    const [role] = await query(running.databaseUrl, `select ${privileges} from pg_roles where rolname = current_user`);
    expect(role).toEqual({ rolsuper: false, rolcreatedb: false, rolcreaterole: false, rolreplication: false, rolbypassrls: false });
  });

  test('the database role of Promint can create extensions, schemas and tables and terminate its own sessions', async () => {
    await query(running.databaseUrl, 'create extension pg_trgm; create schema extra; create table public.own (id int)');
    const other = new pg.Client({ connectionString: running.databaseUrl });
    other.on('error', () => {});
    await other.connect();
    const ended = new Promise((resolve) => other.once('end', resolve));
    const others = 'pg_stat_activity where usename = current_user and pid <> pg_backend_pid()';
    await query(running.databaseUrl, `select pg_terminate_backend(pid) from ${others}`);
    await ended;
  });

  test('the superuser of the embedded PostgreSQL has no password and cannot connect', async () => {
    for (const guess of ['', password, 'postgres', 'promint']) {
      const address = Object.assign(new URL(running.databaseUrl), { username: 'postgres', password: guess });
      await expect(query(address.href, 'select 1')).rejects.toThrow(/password/);
    }
  });

  test('startPostgresChild writes the password of the role to no file of the data folder', async () => {
    for (const entry of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const content = await readFile(join(entry.parentPath, entry.name), 'latin1');
      expect(content.includes(password), join(entry.parentPath, entry.name)).toBe(false);
    }
  });

  test('startPostgresChild rejects a data folder whose database is already running', async () => {
    const again = { dataDir, password, port: await freePort() };
    await expect(startPostgresChild(again)).rejects.toThrow(/is in use by another Promint: stop that one/);
  });
});

test('postgresEnvironment keeps the locale and the time zone and drops all settings of Promint', () => {
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

test('startPostgresChild rejects a data folder whose role is a superuser', async () => {
  const options = await newFolder('early');
  await createCluster(options.dataDir, password);
  await runAsSuperuser(join(options.dataDir, 'postgres'), 'alter role promint superuser');
  await expect(startPostgresChild(options)).rejects.toThrow(
    /^The database in .* was created by an early version of Promint that used a superuser: move the folder/,
  );
});

test('startPostgresChild rejects a data folder whose secrets.json belongs to another database', async () => {
  const options = await newFolder('secrets');
  await createCluster(options.dataDir, 'another-password');
  await expect(startPostgresChild(options)).rejects.toThrow(/secrets\.json does not contain the password of the database in this folder/);
});

test('startPostgresChild stops a server whose wrapper process was killed, and starts it again with its data', async () => {
  const options = await newFolder('left');
  const first = await startPostgresChild(options);
  await query(first.databaseUrl, 'create table kept as select 1 as id');
  first.child.process.kill('SIGKILL');
  await first.child.ended;
  const second = await startPostgresChild({ ...options, port: await freePort() });
  expect(await query(second.databaseUrl, 'select id from kept')).toEqual([{ id: 1 }]);
  await second.child.stop(10_000);
});

test('startPostgresChild repeats an interrupted creation of the database', async () => {
  const options = await newFolder('broken');
  await mkdir(join(options.dataDir, 'postgres.unfinished'));
  await writeFile(join(options.dataDir, 'postgres.unfinished', 'PG_VERSION'), '18\n');
  const { child, databaseUrl } = await startPostgresChild(options);
  expect(await query(databaseUrl, 'select current_database() as name')).toEqual([{ name: 'promint' }]);
  await child.stop(10_000);
});

import { randomUUID } from 'node:crypto';
import { watch } from 'node:fs';
import { chmod, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { required } from '#lib/config';
import { freePort } from '#lib/server/ports';
import { markName } from '#lib/storage-owner';
import { eventually } from '#lib/testing/eventually';
import { createDatabase } from '#lib/testing/postgres';
import { type OwnProduct, test } from '../support/own-product.ts';
import { processesOf } from '../support/processes.ts';
import { waitForHydration } from '../support/test.ts';

test.skip(process.platform !== 'linux', 'the tests read processes from /proc');

/** Returns the process id of a part, found by its command line. */
async function pidOf(dataDir: string, part: string): Promise<number> {
  const found = (await processesOf(dataDir)).find(({ command }) => command.split(' -D ')[0]?.includes(part) && !command.startsWith('npm'));
  if (!found) throw new Error(`${part} does not run`);
  return found.pid;
}

/** Expects the start to exit with 1 and returns its output. */
async function refusal(start: OwnProduct['start'], settings: Record<string, string>): Promise<string> {
  const { product } = await start(settings);
  expect(await product.ended()).toBe(1);
  return product.output().trim();
}

test('a start with the storage folder of another installation fails with one sentence', async ({ start, dataDir }) => {
  const folder = join(dataDir, 'shared');
  await mkdir(folder);
  await writeFile(join(folder, markName), randomUUID());
  const output = await refusal(start, { STORAGE_DIR: folder });
  expect(output).toMatch(
    /Promint cannot start: STORAGE_DIR is .*, and it is marked as the folder of another Promint .*: set STORAGE_DIR to an empty folder/,
  );
});

test('the first start prints the address and the password, and a second start keeps the data', async ({ start, dataDir, page }) => {
  // The test starts the product twice and uses a browser in between.
  test.slow();
  const first = await start();
  await first.product.ready();
  const output = first.product.output();
  expect(output).toContain(`Promint is at ${first.address}`);
  const [, email = '', password = ''] = /Sign in as (\S+)\s+with the password (\S+)/.exec(output) ?? [];
  expect(email).toBe('admin@example.com');
  expect(output.split('\n').length).toBeLessThan(10);
  expect((await stat(join(dataDir, 'secrets.json'))).mode & 0o777).toBe(0o600);
  const secrets = await readFile(join(dataDir, 'secrets.json'), 'utf8');

  await page.goto(`${first.address}/promotions`);
  await waitForHydration(page);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/change-password\?/);
  await waitForHydration(page);
  await page.getByLabel('Current password').fill(password);
  await page.getByLabel('New password').fill('kettle orbit violin');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page).toHaveURL(`${first.address}/promotions`);
  expect(await first.product.stop()).toBe(0);

  const second = await start({ PORT: new URL(first.address).port });
  await second.product.ready();
  expect(second.product.output()).not.toContain('password');
  expect(await readFile(join(dataDir, 'secrets.json'), 'utf8')).toBe(secrets);
  await page.reload();
  await expect(page, 'still signed in').toHaveURL(`${first.address}/promotions`);
  expect(await page.getByText('Newsletter welcome').count(), 'sample promotions, once').toBeGreaterThan(0);
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGKILL'] as const) {
  test(`${signal} to npm start ends the web server, the worker and the database`, async ({ start, dataDir }) => {
    const { product } = await start();
    await product.ready();
    const commands = (await processesOf(dataDir)).map(({ command }) => command).join('\n');
    for (const part of ['start.ts', 'web.ts', 'worker.ts', 'postgres-process.ts', 'bin/postgres']) expect(commands).toContain(part);
    product.process.kill(signal);
    await eventually('the end of all parts', async () => (await processesOf(dataDir)).length === 0);
    await product.ended();
    expect(await readdir(join(dataDir, 'postgres')), 'PostgreSQL was shut down cleanly').not.toContain('postmaster.pid');
  });
}

test('a killed start process ends the web server, the worker and the database', async ({ start, dataDir }) => {
  const { product } = await start();
  await product.ready();
  process.kill(await pidOf(dataDir, 'start.ts'), 'SIGKILL');
  await eventually('the end of all parts', async () => (await processesOf(dataDir)).length === 0);
});

test('npm start restarts the web server and the database after a crash', async ({ start, dataDir, request }) => {
  const { product, address } = await start();
  await product.ready();
  const ready = () =>
    request.get(`${address}/health/ready`).then(
      (answer) => answer.ok(),
      () => false,
    );
  for (const [part, name] of [
    ['web.ts', 'web server'],
    ['bin/postgres', 'database'],
  ] as const) {
    process.kill(await pidOf(dataDir, part), 'SIGKILL');
    await eventually(`the end of the ${name}`, async () => product.output().includes(`The ${name} stopped (`));
    await eventually(`the ${name} again`, ready);
  }
  expect(product.output()).toContain('The web server stopped (SIGKILL); starting it again in 1 s.');
});

test('no child process has a database or administrator password in its arguments or environment', async ({ start, dataDir }) => {
  const { product } = await start({ ADMIN_PASSWORD: 'correct-horse-battery', ADMIN_EMAIL: 'first@example.com' });
  await product.ready();
  expect(product.output()).toContain('Sign in as first@example.com');
  const processes = await processesOf(dataDir);
  // npm and the start process inherit the settings of the user, so they are not checked.
  const children = processes.filter(({ command }) => !command.includes('start.ts') && !command.startsWith('npm'));
  expect(children.length).toBeGreaterThan(5);
  const { databasePassword } = JSON.parse(await readFile(join(dataDir, 'secrets.json'), 'utf8'));
  for (const { command, environment } of children) {
    expect(environment, command).not.toContain('ADMIN_PASSWORD');
    expect(environment, command).not.toContain('correct-horse-battery');
    expect(command).not.toContain(databasePassword);
    if (!/postgres/.test(command)) continue;
    const names = environment.split('\0').map((line) => line.split('=')[0] ?? '');
    const ours = names.filter((name) => /^(APP_|ADMIN_|DATA_|DATABASE_|STORAGE_|LOG_|PORT$|HOST$|NODE_ENV|npm_)/.test(name));
    expect(ours, command).toEqual([]);
    expect(environment, command).not.toContain(databasePassword);
  }
});

test('other users of the machine cannot read the data folder', async ({ start, dataDir }) => {
  const temporary = join(dataDir, 'tmp');
  await mkdir(temporary);
  await chmod(temporary, 0o777);
  const seen: string[] = [];
  const watcher = watch(temporary, (_, name) => void seen.push(String(name)));
  const { product } = await start({ TMPDIR: temporary });
  await product.ready();
  watcher.close();
  const mode = async (path: string) => (await stat(path)).mode & 0o777;
  expect(await mode(dataDir)).toBe(process.getuid?.() === 0 ? 0o711 : 0o700);
  expect(await mode(join(dataDir, 'postgres'))).toBe(0o700);
  expect(await mode(join(dataDir, 'exports'))).toBe(0o700);
  expect(await mode(join(dataDir, 'secrets.json'))).toBe(0o600);
  expect(seen.filter((name) => name.includes('password'))).toEqual([]);
});

test('one of two concurrent first starts with one data folder runs, and the other fails with one sentence', async ({ start }) => {
  const products = await Promise.all([start(), start()]);
  const outcomes = await Promise.allSettled(products.map(({ product }) => product.ready()));
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const refused = products[outcomes.findIndex(({ status }) => status === 'rejected')]?.product;
  expect(await refused?.ended()).toBe(1);
  expect(refused?.output().trim()).toMatch(
    /^Promint cannot start: .* is in use by another Promint: stop that one, or set DATA_DIR to another folder\.$/,
  );
});

test('two concurrent first starts with one DATABASE_URL both run and create one administrator', async ({ start, dataDir }) => {
  const url = await createDatabase(required('databaseUrl'), 'e2e_two_starts');
  const folders = [join(dataDir, 'one'), join(dataDir, 'two')];
  const products = await Promise.all(folders.map((folder) => start({ DATABASE_URL: url, DATA_DIR: folder })));
  await Promise.all(products.map(({ product }) => product.ready()));
  const output = products.map(({ product }) => product.output()).join('');
  expect(output.match(/Sign in as/g)).toHaveLength(1);
});

test('a start on a used port fails with one sentence that says what to do', async ({ start }) => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '0.0.0.0', resolve));
  const address = other.address();
  const port = String(typeof address === 'object' ? address?.port : '');
  const output = await refusal(start, { PORT: port });
  expect(output).toBe(`Promint cannot start: Port ${port} is in use: stop the program that uses it, or set PORT to another port.`);
  await new Promise((resolve) => other.close(resolve));
});

test('a start with an invalid setting fails with one sentence that names the setting', async ({ start }) => {
  const output = await refusal(start, { WORKER_CONCURRENCY: 'many' });
  expect(output).toBe('Promint cannot start: WORKER_CONCURRENCY must be a whole number from 1 to 16');
});

test('a start without a reachable database fails with one sentence', async ({ start }) => {
  const output = await refusal(start, { DATABASE_URL: `postgres://promint:secret@127.0.0.1:${await freePort()}/promint` });
  expect(output).toMatch(/^Promint cannot start: .*DATABASE_URL/);
  expect(output).not.toMatch(/secret|\n/);
});

test('a start with the data folder of another PostgreSQL version fails with one sentence and changes nothing', async ({
  start,
  dataDir,
}) => {
  await mkdir(join(dataDir, 'postgres'));
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '15\n');
  const output = await refusal(start, {});
  expect(output).toMatch(
    /^Promint cannot start: .*was created by PostgreSQL 15, but this Promint includes PostgreSQL 18: move the folder.*$/,
  );
  expect(await readFile(join(dataDir, 'postgres', 'PG_VERSION'), 'utf8')).toBe('15\n');
});

test('a start with a data folder in use fails with one sentence', async ({ start }) => {
  const { product } = await start();
  await product.ready();
  const output = await refusal(start, {});
  expect(output).toMatch(/^Promint cannot start: .* is in use by another Promint: stop that one, or set DATA_DIR to another folder\.$/);
});

import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from 'playwright/test';
import { freePort } from '#lib/host/ports';
import { markName } from '#lib/storage-owner';
import { eventually } from '#lib/testing/eventually';
import { processesOf } from './support/processes.ts';
import { type Product, startProduct } from './support/product.ts';
import { signInOverHttp } from './support/sign-in.ts';

// `npm start` in an empty data folder, with the PostgreSQL it brings along.

type Fixtures = { dataDir: string; start(settings?: Record<string, string>): Promise<{ product: Product; address: string }> };

const nothingSet = { DATABASE_URL: '', APP_SECRET: '', ADMIN_EMAIL: '', ADMIN_PASSWORD: '' };

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  dataDir: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'promint-start-'));
    await chmod(folder, 0o755);
    await use(folder);
    await rm(folder, { recursive: true });
  },
  start: async ({ dataDir }, use) => {
    const products: Product[] = [];
    await use(async (settings = {}) => {
      const port = await freePort();
      const product = startProduct({ ...nothingSet, DATA_DIR: dataDir, PORT: String(port), ...settings });
      products.push(product);
      return { product, address: `http://localhost:${port}` };
    });
    await Promise.all(products.map((product) => product.stop()));
    expect(await processesOf(dataDir)).toEqual([]);
  },
});

test.skip(process.platform !== 'linux', 'what runs is read from /proc');

/** What a start that cannot go on says, and that it leaves nothing running. */
async function refusal(start: Fixtures['start'], settings: Record<string, string>): Promise<string> {
  const { product } = await start(settings);
  expect(await product.ended()).toBe(1);
  return product.output().trim();
}

test('a start on the storage folder of another installation is refused with one sentence', async ({ start, dataDir }) => {
  const folder = join(dataDir, 'shared');
  await mkdir(folder);
  await writeFile(join(folder, markName), randomUUID());
  const said = await refusal(start, { STORAGE_DIR: folder });
  expect(said).toMatch(
    /Promint cannot start: STORAGE_DIR is .*, and it is marked as the folder of another Promint .*: set STORAGE_DIR to an empty folder/,
  );
});

test('the first start says where it is and how to sign in; the second keeps everything', async ({ start, dataDir, request }) => {
  const first = await start();
  await first.product.ready();
  const said = first.product.output();
  expect(said).toContain(`Promint is at ${first.address}`);
  const [, email = '', password = ''] = /Sign in as (\S+)\s+with the password (\S+)/.exec(said) ?? [];
  expect(email).toBe('admin@example.com');
  expect(said.split('\n').length).toBeLessThan(10);
  expect((await stat(join(dataDir, 'secrets.json'))).mode & 0o777).toBe(0o600);
  const secrets = await readFile(join(dataDir, 'secrets.json'), 'utf8');

  expect((await signInOverHttp(request, first.address, email, password)).ok()).toBe(true);
  await expect(await request.get(`${first.address}/promotions`)).toBeOK();
  expect(await first.product.stop()).toBe(0);

  const second = await start({ PORT: new URL(first.address).port });
  await second.product.ready();
  expect(second.product.output()).not.toContain('password');
  expect(await readFile(join(dataDir, 'secrets.json'), 'utf8')).toBe(secrets);
  const page = await request.get(`${first.address}/promotions`);
  expect(page.url(), 'still signed in').toBe(`${first.address}/promotions`);
  expect((await page.text()).match(/Newsletter welcome/g)?.length, 'sample promotions, once').toBeGreaterThan(0);
});

test('Ctrl-C stops all of it within seconds', async ({ start, dataDir }) => {
  const { product } = await start();
  await product.ready();
  expect((await processesOf(dataDir)).length).toBeGreaterThan(3);
  const before = Date.now();
  expect(await product.stop('SIGINT')).toBe(0);
  expect(Date.now() - before).toBeLessThan(5_000);
  expect(await processesOf(dataDir)).toEqual([]);
});

test('a start that is killed takes its parts along', async ({ start, dataDir }) => {
  const { product } = await start();
  await product.ready();
  await product.stop('SIGKILL');
  await eventually('the end of all parts', async () => (await processesOf(dataDir)).length === 0);
});

test('a part that dies is started again', async ({ start, request }) => {
  const { product, address } = await start();
  await product.ready();
  const children = await readFile(`/proc/${product.process.pid}/task/${product.process.pid}/children`, 'utf8');
  for (const pid of children.trim().split(' ')) {
    const command = await readFile(`/proc/${pid}/cmdline`, 'utf8');
    if (command.includes('web.ts')) process.kill(Number(pid), 'SIGKILL');
  }
  await eventually('the web server again', () =>
    request.get(`${address}/sign-in`).then(
      (answer) => answer.ok(),
      () => false,
    ),
  );
  expect(product.output()).toContain('The web server stopped (SIGKILL); starting it again.');
});

test('a port in use is one sentence that says what to do', async ({ start }) => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '0.0.0.0', resolve));
  const address = other.address();
  const port = String(typeof address === 'object' ? address?.port : '');
  const said = await refusal(start, { PORT: port });
  expect(said).toBe(`Promint cannot start: Port ${port} is in use: stop what listens there, or set PORT to another one.`);
  await new Promise((resolve) => other.close(resolve));
});

test('a wrong setting is one sentence that names it', async ({ start }) => {
  const said = await refusal(start, { WORKER_CONCURRENCY: 'many' });
  expect(said).toBe('Promint cannot start: WORKER_CONCURRENCY takes a whole number from 1 to 16');
});

test('a database that is not there is one sentence', async ({ start }) => {
  const said = await refusal(start, { DATABASE_URL: `postgres://promint:secret@127.0.0.1:${await freePort()}/promint` });
  expect(said).toMatch(/^Promint cannot start: .*DATABASE_URL/);
  expect(said).not.toMatch(/secret|\n/);
});

test('a data folder of another PostgreSQL is one sentence, and stays as it is', async ({ start, dataDir }) => {
  await mkdir(join(dataDir, 'postgres'));
  await writeFile(join(dataDir, 'postgres', 'PG_VERSION'), '15\n');
  const said = await refusal(start, {});
  expect(said).toMatch(/^Promint cannot start: .*was made by PostgreSQL 15 and this Promint brings 18: move the folder away.*$/);
  expect(await readFile(join(dataDir, 'postgres', 'PG_VERSION'), 'utf8')).toBe('15\n');
});

test('a data folder that another Promint uses is one sentence', async ({ start }) => {
  const { product } = await start();
  await product.ready();
  const said = await refusal(start, {});
  expect(said).toMatch(/^Promint cannot start: .* is in use by another Promint: stop that one, or set DATA_DIR to another folder\.$/);
});

import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test as base, expect } from 'playwright/test';
import { freePort } from '#lib/server/ports';
import { type Product, startProduct } from './support/product.ts';
import { signInOverHttp } from './support/sign-in.ts';

// `npm run user` with its own data folder and the embedded PostgreSQL.

type Started = { product: Product; address: string };
type Fixtures = { dataDir: string; start(settings?: Record<string, string>): Promise<Started> };

const nothingSet = { DATABASE_URL: '', APP_SECRET: '', ADMIN_EMAIL: '', ADMIN_PASSWORD: '' };

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  dataDir: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'promint-user-'));
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
  },
});

test('npm run user lists, creates and resets users in the embedded database', async ({ start, dataDir, request }) => {
  // The test runs a dozen npm processes one after the other.
  test.slow();
  const { product, address } = await start();
  await product.ready();
  const env = { ...process.env, ...nothingSet, DATA_DIR: dataDir };
  const user = (...words: string[]) => promisify(execFile)('npm', ['run', '--silent', 'user', '--', ...words], { env });
  const list = async () => JSON.parse((await user('list')).stdout);
  expect(await list()).toMatchObject([{ email: 'admin@example.com', role: 'administrator', can_sign_in: true }]);

  const reset = JSON.parse((await user('reset-password', '--email', 'Admin@Example.com')).stdout);
  expect(reset).toEqual({ email: 'admin@example.com', password: expect.any(String), must_change_password: true });
  const created = JSON.parse((await user('create', '--email', 'nils@example.com', '--name', 'Nils', '--role', 'viewer')).stdout);
  expect(await list()).toMatchObject([{ email: 'admin@example.com' }, { email: 'nils@example.com', name: 'Nils', role: 'viewer' }]);
  for (const { email, password } of [reset, created]) {
    expect((await signInOverHttp(request, address, email, password)).ok(), email).toBe(true);
    expect((await request.get(`${address}/promotions`)).url()).toContain('/change-password');
  }

  for (const [words, said] of [
    [['destroy'], 'There is no command "destroy": use list, create, reset-password or help.'],
    [['list', 'all'], "Unexpected argument 'all'."],
    [['reset-password', 'nobody@example.com'], 'No user has the email address nobody@example.com.'],
    [['reset-password'], 'email: Enter an email address such as ana@example.com'],
    [['create', '--email', 'nils@example.com', '--name', 'Nils'], 'email: Another user has this email address'],
    [['create', '--email', 'x@example.com', '--name', 'X', '--role', 'owner'], 'role: Choose viewer, merchandiser or administrator'],
    [['create', '--mail', 'x@example.com'], "Unknown option '--mail'."],
  ] as const) {
    const refusal = await user(...words).catch((error: { code: number; stdout: string; stderr: string }) => error);
    expect(refusal).toMatchObject({ code: 1, stdout: '', stderr: `${said}\n` });
  }
  await product.stop();
  await expect(list()).rejects.toMatchObject({ code: 1, stderr: expect.stringMatching(/^No Promint runs on .*: start it first.*\n$/) });
});

test('the start warns of a common ADMIN_PASSWORD and does not require a change at the first sign-in', async ({ start, request }) => {
  const { product, address } = await start({ ADMIN_PASSWORD: 'password1234' });
  await product.ready();
  expect(product.output()).toContain('Warning: ADMIN_PASSWORD is easy to guess.');
  expect((await signInOverHttp(request, address, 'admin@example.com', 'password1234')).ok()).toBe(true);
  expect((await request.get(`${address}/promotions`)).url()).toBe(`${address}/promotions`);
});

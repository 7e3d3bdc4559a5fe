import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'playwright/test';
import { noSettings, test } from '../support/own-product.ts';
import { signInOverHttp } from '../support/sign-in.ts';

test('npm run user lists, creates and resets users in the embedded database', async ({ start, dataDir, request }) => {
  // The test runs a dozen npm processes one after the other.
  test.slow();
  const { product, address } = await start();
  await product.ready();
  const env = { ...process.env, ...noSettings, DATA_DIR: dataDir };
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

  for (const [words, message] of [
    [['destroy'], 'There is no command "destroy": use list, create, reset-password or help.'],
    [['list', 'all'], "Unexpected argument 'all'."],
    [['reset-password', 'nobody@example.com'], 'No user has the email address nobody@example.com.'],
    [['reset-password'], 'email: Enter an email address such as ana@example.com'],
    [['create', '--email', 'nils@example.com', '--name', 'Nils'], 'email: Another user has this email address'],
    [['create', '--email', 'x@example.com', '--name', 'X', '--role', 'owner'], 'role: Choose viewer, merchandiser or administrator'],
    [['create', '--mail', 'x@example.com'], "Unknown option '--mail'."],
  ] as const) {
    const refusal = await user(...words).catch((error: { code: number; stdout: string; stderr: string }) => error);
    expect(refusal).toMatchObject({ code: 1, stdout: '', stderr: `${message}\n` });
  }
  await product.stop();
  await expect(list()).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^No Promint runs on .*: start Promint first, or set DATA_DIR or DATABASE_URL to the values that it uses\.\n$/,
    ),
  });
});

test('the start warns of a common ADMIN_PASSWORD and does not require a change at the first sign-in', async ({ start, request }) => {
  const { product, address } = await start({ ADMIN_PASSWORD: 'password1234' });
  await product.ready();
  expect(product.output()).toContain('Warning: ADMIN_PASSWORD is easy to guess.');
  expect((await signInOverHttp(request, address, 'admin@example.com', 'password1234')).ok()).toBe(true);
  expect((await request.get(`${address}/promotions`)).url()).toBe(`${address}/promotions`);
});

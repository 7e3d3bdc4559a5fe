import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from 'playwright/test';
import { seedUser } from '#lib/testing/seed';
import { signInOverHttp } from './support/sign-in.ts';
import { expect, signIn, test, waitForHydration } from './support/test.ts';

async function fromMenu(page: Page, email: string, item: string): Promise<void> {
  await page
    .getByRole('row')
    .filter({ hasText: email })
    .getByRole('button', { name: /^Change / })
    .click();
  await page.getByRole('menuitem', { name: item }).click();
}

test.describe('as an administrator', () => {
  test.use({ role: 'administrator', permissions: ['clipboard-read', 'clipboard-write'] });

  test('a new user must change the password that was shown once before using other pages', async ({ page, browser, user, address, db }) => {
    const email = `colleague-${user.id.slice(0, 8)}@example.com`;
    await page.goto('/users');
    await page.getByRole('button', { name: 'Add user' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add user' });
    await dialog.getByLabel('Name').fill('New Colleague');
    await dialog.getByLabel('Email').fill(email);
    await expect(dialog.getByRole('switch', { name: 'Can download exports' })).toBeChecked();
    await dialog.getByRole('button', { name: 'Add user', exact: true }).click();
    const password = await dialog.getByRole('textbox', { name: 'Password' }).inputValue();

    const elsewhere = await browser.newContext({ baseURL: address });
    const userPage = await elsewhere.newPage();
    await userPage.goto('/jobs?status=failed');
    await waitForHydration(userPage);
    await userPage.getByLabel('Email').fill(email);
    await userPage.getByLabel('Password', { exact: true }).fill(password);
    await userPage.getByRole('button', { name: 'Sign in' }).click();
    await expect(userPage).toHaveURL(/\/change-password\?/);
    for (const path of ['/promotions', '/account', '/codes', '/docs/api', '/']) {
      await userPage.goto(path);
      await expect(userPage.getByRole('heading', { level: 1 }), path).toHaveText('Choose your own password');
      await expect(userPage.getByRole('navigation'), path).toHaveCount(0);
    }

    await userPage.goto('/jobs?status=failed');
    await waitForHydration(userPage);
    await userPage.getByLabel('Current password').fill(password);
    await userPage.getByLabel('New password').fill('Promint-2026-promint');
    await userPage.getByRole('button', { name: 'Change password' }).click();
    await expect(userPage.getByText('does not contain the name Promint')).toBeVisible();
    await userPage.getByLabel('New password').fill('kettle orbit violin');
    await userPage.getByRole('button', { name: 'Change password' }).click();
    await expect(userPage).toHaveURL('/jobs?status=failed');
    await userPage.goto('/change-password');
    await expect(userPage).toHaveURL('/account');
    expect(await db.user.findUniqueOrThrow({ where: { email } })).toMatchObject({ mustChangePassword: false });
    await elsewhere.close();
  });

  test('the dialog of a new password copies the sign-in details and closes only by its Done button', async ({ page, db, address }) => {
    const { name: email } = await seedUser(db);
    await page.goto('/users');
    await fromMenu(page, email, 'New password');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Set new password' }).click();
    const password = await dialog.getByRole('textbox', { name: 'Password' }).inputValue();
    await page.keyboard.press('Escape');
    await page.mouse.click(5, 5);
    await expect(dialog.getByRole('button', { name: 'Close' })).toHaveCount(0);
    await dialog.getByRole('button', { name: 'Copy sign-in details' }).click();
    await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toBe(`Address: ${address}\nEmail: ${email}\nPassword: ${password}\n`);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await expect(dialog).toBeHidden();
    await fromMenu(page, email, 'New password');
    await expect(dialog.getByRole('button', { name: 'Set new password' })).toBeVisible();
    await expect(page.getByText(password)).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  });

  test('the password dialog stays open while the request runs', async ({ page, db }) => {
    const { name: email } = await seedUser(db);
    await page.goto('/users');
    await fromMenu(page, email, 'New password');
    const dialog = page.getByRole('dialog');
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/users', async (route) => {
      if (route.request().method() === 'POST') await held;
      await route.fallback();
    });
    const sending = page.waitForRequest((request) => request.method() === 'POST');
    await dialog.getByRole('button', { name: 'Set new password' }).click();
    await sending;
    await page.keyboard.press('Escape');
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeDisabled();
    release();
    await expect(dialog.getByRole('textbox', { name: 'Password' })).toHaveValue(/^([2-9a-z]{4}-){4}[2-9a-z]{4}$/);
  });

  test('the old address /people redirects to the list of users', async ({ page }) => {
    await page.goto('/people');
    await expect(page).toHaveURL('/users');
    await expect(page.getByRole('heading', { level: 1, name: 'Users' })).toBeVisible();
  });

  test('an administrator disables a user after a confirmation that explains the effect', async ({ page, db }) => {
    const { id, name: email } = await seedUser(db);
    await db.user.update({ where: { id }, data: { name: `Leaver ${id.slice(0, 8)}` } });
    await page.goto('/users');
    await fromMenu(page, email, 'Switch off');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('signed out immediately');
    await dialog.getByRole('button', { name: 'Switch off' }).click();
    await expect.poll(async () => (await db.user.findUniqueOrThrow({ where: { id } })).disabledAt).not.toBeNull();
  });

  test('an administrator turns export downloads off and on for one user', async ({ page, db }) => {
    const { id, name: email } = await seedUser(db);
    const row = page.getByRole('row').filter({ hasText: email });
    await page.goto('/users');
    await expect(row.getByRole('cell', { name: 'On', exact: true })).toBeVisible();
    await fromMenu(page, email, 'Turn off export downloads');
    await expect(row.getByRole('cell', { name: 'Off', exact: true })).toBeVisible();
    expect(await db.user.findUniqueOrThrow({ where: { id } })).toMatchObject({ canDownloadExports: false });
    await fromMenu(page, email, 'Turn on export downloads');
    await expect(row.getByRole('cell', { name: 'On', exact: true })).toBeVisible();
  });
});

test('a user sees their sessions, ends one of them, and ends the others by changing the password', async ({
  page,
  browser,
  db,
  user,
  baseURL,
}) => {
  const contexts = await Promise.all([1, 2].map(() => browser.newContext({ baseURL })));
  const ids = await Promise.all(contexts.map((context) => signIn(db, context, user)));
  const [laptop, phone] = await Promise.all(contexts.map((context) => context.newPage()));
  const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  await db.session.update({ where: { id: ids[0] }, data: { userAgent: firefox, address: '192.0.2.7' } });

  await page.goto('/account');
  const sessions = page.getByRole('listitem').filter({ hasText: 'signed in' });
  await expect(sessions).toHaveCount(3);
  await expect(sessions.filter({ hasText: 'This device' })).toHaveCount(1);
  await expect(sessions.filter({ hasText: 'Firefox on Linux' })).toContainText('192.0.2.7');
  await page.getByRole('button', { name: 'Sign out Firefox on Linux' }).click();
  await expect(sessions).toHaveCount(2);
  await laptop?.goto('/jobs');
  await expect(laptop ?? page).toHaveURL(/\/sign-in\?/);
  await phone?.goto('/jobs');
  await expect(phone ?? page).toHaveURL('/jobs');

  await page.getByLabel('Current password').fill('correct-horse-battery');
  await page.getByLabel('New password').fill('kettle orbit violin');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('Password changed')).toBeVisible();
  await expect(sessions).toHaveCount(1);
  await phone?.reload();
  await expect(phone ?? page).toHaveURL(/\/sign-in\?/);
  await Promise.all(contexts.map((context) => context.close()));
});

test('npm run user with DATABASE_URL resets a password and ends the sessions of the user', async ({ page, db, user, request, address }) => {
  await page.goto('/promotions');
  const words = ['run', '--silent', 'user', '--', 'reset-password', user.name];
  const { stdout } = await promisify(execFile)('npm', words);
  const { email, password } = JSON.parse(stdout);
  expect(email).toBe(user.name);
  await page.reload();
  await expect(page).toHaveURL(/\/sign-in\?/);
  expect((await signInOverHttp(request, address, email, password)).ok()).toBe(true);
  expect(await db.user.findUniqueOrThrow({ where: { id: user.id } })).toMatchObject({ mustChangePassword: true });
});

for (const role of ['viewer', 'merchandiser'] as const) {
  test.describe(`as a ${role}`, () => {
    test.use({ role });

    test(`a ${role} cannot see the list of users`, async ({ page, db, expectError }) => {
      expectError(/status of 403/);
      const { name } = await seedUser(db);
      await page.goto('/users');
      await expect(page.getByText(name)).toHaveCount(0);
      await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Users' })).toHaveCount(0);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    });
  });
}

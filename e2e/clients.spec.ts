import type { APIRequestContext, Page } from 'playwright/test';
import { createClient } from '#lib/clients/create';
import { createClientInput } from '#lib/clients/schema';
import { seedUser } from '#lib/testing/seed';
import { openSession } from '#lib/users/sign-in/session';
import { cookieOf, expect, test } from './support/test.ts';

type Credentials = { client_id: string; client_secret: string };

function requestToken(request: APIRequestContext, credentials: Credentials) {
  return request.post('/oauth/access_token', { form: { grant_type: 'client_credentials', ...credentials } });
}

async function callWith(request: APIRequestContext, token: string): Promise<number> {
  const answer = await request.get('/v2/promotions', { headers: { authorization: `Bearer ${token}` } });
  return answer.status();
}

/** Copies the credentials with the buttons of the dialog and closes the dialog. */
async function copyCredentials(page: Page): Promise<Credentials> {
  const dialog = page.getByRole('dialog');
  const copied = async (what: string) => {
    await dialog.getByRole('button', { name: `Copy ${what}` }).click();
    await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
    return page.evaluate(() => navigator.clipboard.readText());
  };
  const client_id = await copied('the client ID');
  await expect(dialog.getByRole('button', { name: 'Copied' })).toHaveCount(0);
  const client_secret = await copied('the client secret');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await expect(dialog).toBeHidden();
  return { client_id, client_secret };
}

async function fromMenu(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `Change ${name}` }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

test.describe('as an administrator', () => {
  test.use({ role: 'administrator', permissions: ['clipboard-read', 'clipboard-write'] });

  test('an administrator creates an API client whose secret is shown once and works', async ({ page, request, db, user }) => {
    const name = `Newsletter ${user.id.slice(0, 8)}`;
    await page.goto('/promotions');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'API clients' }).click();
    await page.getByRole('button', { name: 'Create client' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create API client' });
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(dialog.getByText('Enter a name')).toBeVisible();
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByRole('radio', { name: /Read and write/ }).check();
    await dialog.getByLabel('Expires after (days)').fill('0');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(dialog.getByText('Enter a whole number from 1 to 3,650')).toBeVisible();
    await dialog.getByLabel('Expires after (days)').fill('30');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(dialog.getByText('shown only once')).toBeVisible();
    const credentials = await copyCredentials(page);
    await page.reload();
    await expect(page.getByText(credentials.client_secret)).toHaveCount(0);

    const row = page.getByRole('row').filter({ hasText: name });
    await expect(row).toContainText('Read and write');
    await expect(row).toContainText('Active');
    await expect(row).toContainText('never used');
    const created = await db.client.findUniqueOrThrow({ where: { id: credentials.client_id } });
    expect(created).toMatchObject({ name, role: 'write', createdBy: user.name });
    expect(created.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 29 * 86_400_000);

    const { access_token } = await (await requestToken(request, credentials)).json();
    expect(await callWith(request, access_token)).toBe(200);
    await page.reload();
    await expect(row).toContainText('just now');
  });

  test('the dialog of a new client secret closes only by its Done button', async ({ page, db, user }) => {
    const name = `Kept ${user.id.slice(0, 8)}`;
    const dialog = page.getByRole('dialog');
    const expectDoneCloses = async () => {
      await expect(dialog.getByRole('textbox', { name: 'Client secret' })).toBeVisible();
      await page.keyboard.press('Escape');
      await page.mouse.click(5, 5);
      await expect(dialog.getByRole('button', { name: 'Close' })).toHaveCount(0);
      await dialog.getByRole('button', { name: 'Done' }).click();
      await expect(dialog).toBeHidden();
    };
    await page.goto('/clients');
    await page.getByRole('button', { name: 'Create client' }).click();
    await page.getByLabel('Name').fill(name);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expectDoneCloses();
    await fromMenu(page, name, 'Add a second secret');
    await page.getByRole('button', { name: 'Create the second secret' }).click();
    await expectDoneCloses();
    expect(await db.clientSecret.count({ where: { client: { name } } })).toBe(2);
  });

  test('the client form shows an error when another active client has the name', async ({ page, db, user }) => {
    const name = `Shop ${user.id.slice(0, 8)}`;
    await createClient(db, user, createClientInput.parse({ name }));
    await page.goto('/clients');
    await page.getByRole('button', { name: 'Create client' }).click();
    await page.getByLabel('Name').fill(name);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(page.getByText('Another client has this name')).toBeVisible();
    expect(await db.client.count({ where: { name } })).toBe(1);
  });

  test('an administrator rotates a client secret without interruption', async ({ page, request, db, user }) => {
    const name = `Rotated ${user.id.slice(0, 8)}`;
    const first = await createClient(db, user, createClientInput.parse({ name }));
    const { access_token } = await (await requestToken(request, first)).json();
    await page.goto('/clients');
    await fromMenu(page, name, 'Add a second secret');
    await page.getByRole('button', { name: 'Create the second secret' }).click();
    const second = await copyCredentials(page);
    expect(second.client_id).toBe(first.client_id);
    for (const credentials of [first, second]) expect((await requestToken(request, credentials)).status()).toBe(200);

    const row = page.getByRole('row').filter({ hasText: name });
    await expect(row).toContainText('Two');
    await fromMenu(page, name, 'Remove the older secret');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('last used just now');
    await dialog.getByRole('button', { name: 'Remove' }).click();
    await expect(row).toContainText('One');
    expect((await requestToken(request, first)).status()).toBe(401);
    expect(await callWith(request, access_token)).toBe(401);
    expect((await requestToken(request, second)).status()).toBe(200);
    expect(await db.clientSecret.count({ where: { clientId: first.client_id } })).toBe(1);
  });

  test('revoking a client invalidates its token immediately', async ({ page, request, db, user }) => {
    const name = `Leaver ${user.id.slice(0, 8)}`;
    const credentials = await createClient(db, user, createClientInput.parse({ name }));
    const { access_token } = await (await requestToken(request, credentials)).json();
    expect(await callWith(request, access_token)).toBe(200);
    await page.goto('/clients');
    await fromMenu(page, name, 'Revoke');
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('Takes effect immediately');
    await dialog.getByRole('button', { name: 'Revoke' }).click();
    const row = page.getByRole('row').filter({ hasText: name });
    await expect(row).toContainText('Revoked');
    await expect(row.getByRole('button')).toHaveCount(0);
    expect(await callWith(request, access_token)).toBe(401);
    expect((await db.client.findUniqueOrThrow({ where: { id: credentials.client_id } })).revokedAt).not.toBeNull();
  });

  test('a replayed request to create a client works for administrators only', async ({ page, request, db, address, user }) => {
    const name = `Sneaked in ${user.id.slice(0, 8)}`;
    await page.goto('/clients');
    await page.getByRole('button', { name: 'Create client' }).click();
    await page.getByLabel('Name').fill(name);
    const sending = page.waitForRequest((sent) => sent.postData()?.includes(name) ?? false);
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    const sent = await sending;
    await expect(page.getByText('shown only once')).toBeVisible();
    await db.client.deleteMany({ where: { name } });

    const { 'next-action': action = '', 'content-type': type = '' } = sent.headers();
    const replay = async (cookie: string) =>
      request.post(sent.url(), {
        headers: { 'next-action': action, 'content-type': type, accept: 'text/x-component', origin: address, cookie },
        data: sent.postData() ?? '',
      });
    for (const role of ['viewer', 'merchandiser'] as const) {
      await replay(await cookieOf(await openSession(db, (await seedUser(db, role)).id)));
      expect(await db.client.count({ where: { name } }), role).toBe(0);
    }
    await replay(await cookieOf(await openSession(db, user.id)));
    expect(await db.client.count({ where: { name } }), 'the same submission').toBe(0);
    await replay(await cookieOf(await openSession(db, (await seedUser(db, 'administrator')).id)));
    expect(await db.client.count({ where: { name } }), 'another administrator').toBe(1);
  });
});

for (const role of ['viewer', 'merchandiser'] as const) {
  test.describe(`as a ${role}`, () => {
    test.use({ role });

    test(`a ${role} cannot see the API clients`, async ({ page, db, user, expectError }) => {
      expectError(/status of 403/);
      const name = `Hidden ${user.id.slice(0, 8)}`;
      await createClient(db, user, createClientInput.parse({ name }));
      await page.goto('/clients');
      await expect(page.getByRole('heading', { level: 1, name: 'Your role does not allow this' })).toBeVisible();
      await expect(page.getByText(name)).toHaveCount(0);
      await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'API clients' })).toHaveCount(0);
    });
  });
}

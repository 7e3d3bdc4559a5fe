import type { Page } from 'playwright/test';
import { createClient } from '#lib/clients/create';
import { createClientInput } from '#lib/clients/schema';
import { test as base, expect } from '../support/test.ts';

const test = base.extend<{ ownOriginOnly: undefined }>({
  ownOriginOnly: [
    async ({ page, address }, use) => {
      const requested = new Set<string>();
      page.on('request', (request) => requested.add(request.url()));
      await use(undefined);
      // Blobs and data URLs have no host.
      const others = [...requested].map((url) => new URL(url)).filter(({ host, origin }) => host !== '' && origin !== address);
      expect(others.map(String), 'requests to other origins').toEqual([]);
    },
    { auto: true },
  ],
});

type Operation = { operationId: string; summary: string; tags: [string] };

async function operationsOf(page: Page): Promise<Operation[]> {
  const { paths } = await (await page.request.get('/openapi.json')).json();
  return Object.values<Record<string, Operation>>(paths).flatMap(Object.values);
}

async function operation(page: Page, id: string): Promise<Operation> {
  const found = (await operationsOf(page)).find(({ operationId }) => operationId === id);
  if (!found) throw new Error(`The document has no operation ${id}.`);
  return found;
}

const headingOf = (page: Page, { summary }: Operation) => page.getByRole('main').getByRole('heading', { name: summary, exact: true });

test.describe('signed out', () => {
  test.use({ role: null });

  test('the API documentation lists every operation of the OpenAPI document', async ({ page }) => {
    await page.goto('/docs/api');
    const sidebar = page.getByRole('complementary');
    const operations = await operationsOf(page);
    for (const tag of new Set(operations.map(({ tags: [tag] }) => tag))) {
      const first = operations.find(({ tags }) => tags[0] === tag);
      const link = sidebar.locator(`a[href$="/${first?.operationId}"]`);
      if (!(await link.isVisible())) await sidebar.getByRole('link', { name: tag, exact: true }).click();
      await expect(link).toBeVisible();
    }
    for (const { operationId, summary } of operations) {
      await expect(sidebar.locator(`a[href$="/${operationId}"]`)).toContainText(summary);
    }
    await expect(page.getByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/sign-in');
  });

  test('a link to an operation of the API documentation shows it, also after a reload', async ({ page }) => {
    const cancel = await operation(page, 'cancelJob');
    await page.goto('/docs/api#tag/jobs/cancelJob');
    await expect(headingOf(page, cancel)).toBeInViewport();
    await page.reload();
    await expect(headingOf(page, cancel)).toBeInViewport();
    await expect(page).toHaveURL('/docs/api#tag/jobs/cancelJob');
  });

  test('the search of the API documentation finds an operation and goes to it', async ({ page }) => {
    const create = await operation(page, 'createJob');
    await page.goto('/docs/api');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('dialog').getByRole('combobox').fill(create.summary);
    await page.getByRole('option', { name: create.summary }).first().click();
    await expect(page).toHaveURL(/\/createJob$/);
    await expect(headingOf(page, create)).toBeInViewport();
  });

  test('the API documentation gets a token for a client and sends a request with it that creates a promotion', async ({
    page,
    db,
    user,
  }) => {
    const name = `Docs ${user.id}`;
    const { client_id, client_secret } = await createClient(db, user, createClientInput.parse({ name, role: 'write' }));
    await page.goto('/docs/api');
    await page.getByLabel('Client ID').fill(client_id);
    await page.getByLabel('Client Secret').fill(client_secret);
    const token = page.waitForResponse('**/oauth/access_token');
    await page.getByRole('button', { name: 'Authorize', exact: true }).click();
    const { access_token } = await (await token).json();
    await expect(page.getByText('Access Token', { exact: true })).toBeVisible();

    const create = await operation(page, 'createPromotion');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.getByRole('dialog').getByRole('combobox').fill(create.summary);
    await page.getByRole('option', { name: create.summary }).first().click();
    await page.getByRole('button', { name: 'Test Request (post /v2/promotions)' }).click();
    const sent = page.waitForRequest('**/v2/promotions');
    await page.getByRole('dialog').getByRole('button', { name: 'Send post request' }).click();
    expect((await sent).headers().authorization).toBe(`Bearer ${access_token}`);
    await expect(page.getByRole('link', { name: '201 Created' })).toBeVisible();
    expect(await db.promotion.count({ where: { createdBy: name } })).toBe(1);
    const stored = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
    for (const secret of [client_secret, access_token]) expect(stored).not.toContain(secret);
  });
});

test('the API documentation has the color scheme of the dashboard and a link back', async ({ page }) => {
  await page.goto('/promotions');
  await page.getByRole('button', { name: /Your account/ }).click();
  await page.getByText('Dark', { exact: true }).click();
  await page.getByRole('link', { name: 'API documentation' }).click();
  await expect(page).toHaveURL('/docs/api');
  await expect(page.locator('body')).toHaveClass(/dark-mode/);
  await expect(page.getByRole('main')).toHaveCSS('background-color', 'rgb(21, 28, 26)');
  // Mantine keeps the scheme in the storage of the browser, which all tabs share.
  const tab = await page.context().newPage();
  await tab.goto(page.url());
  await tab.evaluate(() => localStorage.setItem('mantine-color-scheme-value', 'light'));
  await expect(page.locator('body')).toHaveClass(/light-mode/);
  await page.getByRole('link', { name: 'Back to the dashboard' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Promotions' })).toBeVisible();
});

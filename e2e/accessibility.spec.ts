import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { stage } from './support/stage.ts';
import { test as base, expect } from './support/test.ts';

type Staged = Awaited<ReturnType<typeof stage>>;

// The pages are only looked at: what they show is made once.
const test = base.extend<object, { staged: Staged }>({
  staged: [async ({ db }, use) => use(await stage(db)), { scope: 'worker' }],
});

const pages: [name: string, address: (staged: Staged) => string][] = [
  ['the list of promotions', () => '/promotions'],
  ['a search that finds nothing', () => '/promotions?search=nothing%20like%20this'],
  ['a new promotion', () => '/promotions/new'],
  ['a promotion with jobs in every state', ({ running }) => `/promotions/${running}`],
  ['a promotion without any', ({ empty }) => `/promotions/${empty}`],
  ['an automatic promotion', ({ automatic }) => `/promotions/${automatic}`],
  ['its codes', ({ running }) => `/promotions/${running}/codes`],
  ['no codes', ({ empty }) => `/promotions/${empty}/codes`],
  ['its exports', ({ running }) => `/promotions/${running}/exports`],
  ['no exports', ({ empty }) => `/promotions/${empty}/exports`],
  ['its history', ({ running }) => `/promotions/${running}/history`],
  ['its edit form', ({ running }) => `/promotions/${running}/edit`],
  ['all jobs', () => '/jobs'],
  ['a code found', ({ code }) => `/codes?code=${code}`],
  ['a code not found', () => '/codes?code=aaaa-bbbb'],
  ['users', () => '/people'],
  ['API clients in every state', () => '/clients'],
  ['the documentation of the API', () => '/docs/api'],
  ['one’s account', () => '/account'],
];

const dialogs: [name: string, open: (page: Page) => Promise<void>, address?: (staged: Staged) => string][] = [
  ['cancels a job', (page) => page.getByRole('button', { name: 'Cancel Codes for June' }).click()],
  ['runs a job again', (page) => page.getByRole('button', { name: 'Run again: Codes for May' }).click()],
  ['raises the maximum', (page) => fromMenu(page, 'Change the maximum of codes')],
  ['deletes a promotion', (page) => fromMenu(page, 'Delete')],
  ['makes an API client', (page) => page.getByRole('button', { name: 'Make a client' }).click(), () => '/clients'],
  ['shows a secret once', (page) => makeClient(page), () => '/clients'],
  ['adds a user', (page) => page.getByRole('button', { name: 'Add user' }).click(), () => '/people'],
  ['shows a password once', (page) => addUser(page), () => '/people'],
];

async function fromMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function makeClient(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Make a client' }).click();
  await page.getByLabel('Name').fill(`Looked at ${randomUUID()}`);
  await page.getByRole('button', { name: 'Make', exact: true }).click();
  await expect(page.getByRole('textbox', { name: 'Client secret' })).toBeVisible();
}

async function addUser(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add user' }).click();
  await page.getByLabel('Name').fill('Looked at');
  await page.getByLabel('Email').fill(`looked-at-${randomUUID()}@example.com`);
  await page.getByRole('dialog').getByRole('button', { name: 'Add user' }).click();
  await expect(page.getByRole('textbox', { name: 'Password' })).toBeVisible();
}

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

/** No violation of what axe knows, and no page that scrolls sideways, on a desk and on a phone. */
async function expectAccessible(page: Page): Promise<void> {
  // axe takes its time over a page as long as the API's.
  test.slow();
  for (const size of sizes) {
    await page.setViewportSize(size);
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    expect(found, `${size.width} pixels wide`).toEqual([]);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(overflow, `${size.width} pixels wide`).toBeLessThanOrEqual(0);
  }
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ role: 'administrator', colorScheme });

    for (const [name, addressOf] of pages) {
      test(`${name} is for everybody`, async ({ page, staged }) => {
        await page.goto(addressOf(staged));
        await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
        await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
        await expectAccessible(page);
      });
    }

    test('a page that is not there is for everybody', async ({ page, expectError }) => {
      expectError(/status of 404/);
      await page.goto('/promotions/00000000-0000-4000-8000-000000000000');
      await expectAccessible(page);
    });

    for (const [name, open, addressOf = ({ running }: Staged) => `/promotions/${running}`] of dialogs) {
      test(`the dialog that ${name} is for everybody`, async ({ page, staged }) => {
        await page.goto(addressOf(staged));
        await open(page);
        await expect(page.getByRole('dialog')).toBeVisible();
        await expectAccessible(page);
        // A secret goes by its button alone.
        const done = page.getByRole('button', { name: 'Done' });
        if (await done.isVisible()) await done.click();
        else await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toBeHidden();
      });
    }

    test('the page of a password that must be changed is for everybody', async ({ page, db, person }) => {
      await db.user.update({ where: { id: person.id }, data: { mustChangePassword: true } });
      await page.goto('/promotions');
      await page.getByRole('button', { name: 'Change password' }).click();
      await expect(page.getByText('Enter your password')).toBeVisible();
      await expectAccessible(page);
    });

    test('exports that may not be downloaded are for everybody', async ({ page, db, person, staged }) => {
      await db.user.update({ where: { id: person.id }, data: { canDownloadExports: false } });
      await page.goto(`/promotions/${staged.running}/exports`);
      await expect(page.getByText('Downloads are turned off for you')).toBeVisible();
      await expectAccessible(page);
    });

    test.describe('signed out', () => {
      test.use({ role: null });

      test('the sign-in page is for everybody', async ({ page }) => {
        await page.goto('/sign-in');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await expect(page.getByText('Enter your password')).toBeVisible();
        await expectAccessible(page);
      });

      test('the documentation of a call, with all that is folded away, is for everybody', async ({ page }) => {
        await page.goto('/docs/api');
        for (const more of await page.locator('#createJob summary:visible').all()) await more.click();
        await expectAccessible(page);
      });
    });

    test.describe('without the right', () => {
      test.use({ role: 'viewer' });

      test('a page that is not allowed is for everybody', async ({ page, expectError }) => {
        expectError(/status of 403/);
        await page.goto('/people');
        await expectAccessible(page);
      });
    });
  });
}

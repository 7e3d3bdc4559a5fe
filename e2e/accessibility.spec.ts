import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from 'playwright/test';
import { seedScreens } from './support/seed-screens.ts';
import { test as base, expect } from './support/test.ts';

type Seeded = Awaited<ReturnType<typeof seedScreens>>;

// These tests change no data, so each worker process seeds it once.
const test = base.extend<object, { seeded: Seeded }>({
  seeded: [async ({ db }, use) => use(await seedScreens(db)), { scope: 'worker' }],
});

const pages: [name: string, address: (seeded: Seeded) => string][] = [
  ['the list of promotions', () => '/promotions'],
  ['a search for promotions without results', () => '/promotions?search=nothing%20like%20this'],
  ['the form of a new promotion', () => '/promotions/new'],
  ['a promotion with jobs in every state', ({ running }) => `/promotions/${running}`],
  ['a promotion without jobs', ({ empty }) => `/promotions/${empty}`],
  ['an automatic promotion', ({ automatic }) => `/promotions/${automatic}`],
  ['the list of codes', ({ running }) => `/promotions/${running}/codes`],
  ['an empty list of codes', ({ empty }) => `/promotions/${empty}/codes`],
  ['the uses of a promotion', ({ running }) => `/promotions/${running}/uses`],
  ['the uses of a code', ({ running, code }) => `/promotions/${running}/uses?code=${code}`],
  ['a promotion without uses', ({ empty }) => `/promotions/${empty}/uses`],
  ['the form of an export', ({ empty }) => `/promotions/${empty}?job_type=code_export`],
  ['the list of exports', ({ running }) => `/promotions/${running}/exports`],
  ['an empty list of exports', ({ empty }) => `/promotions/${empty}/exports`],
  ['the history of a promotion', ({ running }) => `/promotions/${running}/history`],
  ['the edit form of a promotion', ({ running }) => `/promotions/${running}/edit`],
  ['the list of all jobs', () => '/jobs'],
  ['a search for an existing code', ({ code }) => `/codes?code=${code}`],
  ['a search for an unknown code', () => '/codes?code=aaaa-bbbb'],
  ['the list of users', () => '/users'],
  ['the list of API clients', () => '/clients'],
  ['the account page', () => '/account'],
];

const dialogs: [name: string, open: (page: Page) => Promise<void>, address?: (seeded: Seeded) => string][] = [
  ['to cancel a job', (page) => page.getByRole('button', { name: 'Cancel Codes for June' }).click()],
  ['to run a job again', (page) => page.getByRole('button', { name: 'Run again: Codes for May' }).click()],
  ['to change the maximum number of codes', (page) => fromMenu(page, 'Set maximum number of codes')],
  ['to delete a promotion', (page) => fromMenu(page, 'Delete')],
  ['to create an API client', (page) => page.getByRole('button', { name: 'Create client' }).click(), () => '/clients'],
  ['with a new client secret', (page) => createClient(page), () => '/clients'],
  ['to add a user', (page) => page.getByRole('button', { name: 'Add user' }).click(), () => '/users'],
  ['with a new password', (page) => addUser(page), () => '/users'],
];

async function fromMenu(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function createClient(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Create client' }).click();
  await page.getByLabel('Name').fill(`Looked at ${randomUUID()}`);
  await page.getByRole('button', { name: 'Create', exact: true }).click();
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

type Exceptions = {
  /** The rules that a component of another project breaks. */
  disabledRules?: string[];
  /** Resolves when the page has followed a change of the color scheme. */
  settled?: (colorScheme: 'light' | 'dark') => Promise<void>;
};

/** Expects no axe violation and no horizontal scrolling on a desktop and on a phone, in light and in dark mode. */
async function expectAccessible(page: Page, { disabledRules = [], settled }: Exceptions = {}): Promise<void> {
  // axe is slow on pages as long as the API documentation.
  test.slow();
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
      await settled?.(colorScheme);
      const where = `${size.width} pixels wide, in ${colorScheme} mode`;
      expect(await violationsOf(page, colorScheme, disabledRules), where).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow, where).toBeLessThanOrEqual(0);
    }
  }
}

/** The modes differ only in colors, so in dark mode axe checks only the contrast. */
async function violationsOf(page: Page, colorScheme: 'light' | 'dark', disabledRules: string[]): Promise<string[]> {
  // The pages have no frames, so axe needs no second page to collect its results.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();
  if (colorScheme === 'light') axe.disableRules(disabledRules);
  else axe.withRules('color-contrast');
  const { violations } = await axe.analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test.use({ role: 'administrator' });

for (const [name, addressOf] of pages) {
  test(`${name} has no accessibility violation`, async ({ page, seeded }) => {
    await page.goto(addressOf(seeded));
    await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
    await expectAccessible(page);
  });
}

function scalar(page: Page, content: Locator): Exceptions {
  return {
    // Scalar's input for a client ID has the role `combobox` without a list to open. No setting changes that.
    disabledRules: ['aria-required-attr'],
    // A change of the color scheme creates the content of the page again.
    settled: async (colorScheme) => {
      await expect(page.locator('body')).toHaveClass(`${colorScheme}-mode`);
      await expect(content).toBeVisible();
    },
  };
}

test('the API documentation has no accessibility violation', async ({ page }) => {
  await page.goto('/docs/api');
  await expectAccessible(page, scalar(page, page.getByRole('button', { name: 'Authorize', exact: true })));
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
});

test('a page that does not exist has no accessibility violation', async ({ page, expectError }) => {
  expectError(/status of 404/);
  await page.goto('/promotions/00000000-0000-4000-8000-000000000000');
  await expectAccessible(page);
});

for (const [name, open, addressOf = ({ running }: Seeded) => `/promotions/${running}`] of dialogs) {
  test(`the dialog ${name} has no accessibility violation`, async ({ page, seeded }) => {
    await page.goto(addressOf(seeded));
    await open(page);
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessible(page);
    // A dialog with a secret closes only by its Done button.
    const done = page.getByRole('button', { name: 'Done' });
    if (await done.isVisible()) await done.click();
    else await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  });
}

test('the page for a required password change has no accessibility violation', async ({ page, db, user }) => {
  await db.user.update({ where: { id: user.id }, data: { mustChangePassword: true } });
  await page.goto('/promotions');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('Enter your password')).toBeVisible();
  await expectAccessible(page);
});

test('the list of exports without downloads has no accessibility violation', async ({ page, db, user, seeded }) => {
  await db.user.update({ where: { id: user.id }, data: { canDownloadExports: false } });
  await page.goto(`/promotions/${seeded.running}/exports`);
  await expect(page.getByText('Downloads are turned off for you')).toBeVisible();
  await expectAccessible(page);
});

test.describe('signed out', () => {
  test.use({ role: null });

  test('the sign-in page has no accessibility violation', async ({ page }) => {
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('Enter your password')).toBeVisible();
    await expectAccessible(page);
  });

  test('an operation of the API documentation has no accessibility violation', async ({ page }) => {
    await page.goto('/docs/api#tag/jobs/createJob');
    await expectAccessible(page, scalar(page, page.locator('[id$="/createJob"]').getByRole('heading').first()));
  });
});

test.describe('as a viewer', () => {
  test.use({ role: 'viewer' });

  test('the page of a refused request has no accessibility violation', async ({ page, expectError }) => {
    expectError(/status of 403/);
    await page.goto('/users');
    await expectAccessible(page);
  });
});

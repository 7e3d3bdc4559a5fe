import type { Page } from 'playwright/test';
import { createJob } from '#lib/jobs/create';
import { heldJob, jobIn } from '#lib/testing/jobs';
import { seedPromotion } from '#lib/testing/seed';
import { expect, test } from '../support/test.ts';

const fields = {
  'Number of codes': [
    { given: '', says: 'Enter a whole number, 1 or more' },
    { given: '0', says: 'Enter a whole number, 1 or more' },
    { given: '-1', says: 'Enter a whole number from 1 to 1,000' },
    { given: '1.5', says: 'Enter a whole number from 1 to 1,000' },
    { given: '1e3', says: 'Enter a whole number from 1 to 1,000' },
    { given: '1.000', says: '“1.000” could mean 1,000 or 1. Enter the one you mean' },
    { given: '1 000', says: 'Enter 1,000 instead of “1 000”' },
    { given: '1001', says: 'Only 1,000 more codes fit: 0 of 1,000 are in use.' },
  ],
  'Code length': [
    { given: '7', says: 'Enter a whole number from 8 to 16' },
    { given: '17', says: 'Enter a whole number from 8 to 16' },
    { given: '8.5', says: 'Enter a whole number from 8 to 16' },
  ],
  Prefix: [
    { given: '=sum', says: 'Start with a letter or digit (A–Z, 0–9), then letters, digits, - and _' },
    { given: '\u0410pril', says: 'Start with a letter or digit (A–Z, 0–9), then letters, digits, - and _' },
    { given: 'x'.repeat(51), says: 'Enter at most 50 characters' },
  ],
  'Maximum uses': [
    { given: '-1', says: 'Enter a whole number from 0 to 2,147,483,647' },
    { given: '0.5', says: 'Enter a whole number from 0 to 2,147,483,647' },
    { given: '3000000000', says: 'Enter a whole number from 0 to 2,147,483,647' },
  ],
  'Job name': [{ given: 'x'.repeat(51), says: 'Enter at most 50 characters' }],
} as const;

function generateButton(page: Page) {
  return page.getByRole('button', { name: /^Generate/ });
}

for (const [label, invalidValues] of Object.entries(fields)) {
  test(`the field “${label}” of the job form describes its limit and explains each invalid value`, async ({ page, db }) => {
    const { id } = await seedPromotion(db);
    await page.goto(`/promotions/${id}`);
    await page.getByLabel('Number of codes').fill('10');
    const field = page.getByLabel(label);
    await expect(field).toHaveAccessibleDescription(/\d|unlimited/);
    for (const { given, says } of invalidValues) {
      await field.fill(given);
      await field.blur();
      await expect(field).toHaveAccessibleDescription(new RegExp(says.replace(/[().]/g, '\\$&')));
      await expect(page.getByRole('alert').filter({ hasText: says })).toBeVisible();
      await generateButton(page).click();
      await expect(field).toBeFocused();
    }
    expect(await db.promotionJob.count({ where: { promotionId: id } })).toBe(0);
  });
}

test('the job form reports two invalid fields at once', async ({ page, db }) => {
  const { id } = await seedPromotion(db);
  await page.goto(`/promotions/${id}`);
  await page.getByLabel('Code length').fill('7');
  await page.getByLabel('Prefix').fill('=x');
  await generateButton(page).click();
  await expect(page.getByLabel('Code length')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.getByLabel('Prefix')).toHaveAttribute('aria-invalid', 'true');
});

test('the job form shows an error of the server at its field', async ({ page, db, user }) => {
  const { id } = await seedPromotion(db, { maxCodes: 500 });
  await page.goto(`/promotions/${id}`);
  await page.getByLabel('Number of codes').fill('500');
  // The maximum changes after the page has loaded.
  await db.promotion.update({ where: { id }, data: { maxCodes: 100 } });
  await generateButton(page).click();
  await expect(page.getByLabel('Number of codes')).toHaveAccessibleDescription(/Only 100 (promotion codes are allowed|more codes fit)/);
  expect(await db.promotionJob.count({ where: { promotionId: id, createdBy: user.name } })).toBe(0);
});

test('the preview of the job form shows sample codes, the remaining capacity and the strength of the codes', async ({ page, db }) => {
  const { id } = await seedPromotion(db);
  await page.goto(`/promotions/${id}`);
  const preview = page.getByRole('region', { name: 'Preview' });
  await page.getByLabel('Prefix').fill('June-');
  await page.getByLabel('Code length').fill('10');
  const samples = preview.getByRole('list', { name: 'Sample codes' }).getByRole('listitem');
  await expect(samples).toHaveText([1, 2, 3].map(() => /^June-[2-9b-z]{4}-[2-9b-z]{4}-[2-9b-z]{2}$/));
  await page.getByLabel('Number of codes').fill('400');
  await expect(preview).toContainText('Room for 600 more after this');
  await expect(preview).toContainText('1 in 740 billion');
  await page.getByLabel('Maximum uses').fill('0');
  await expect(page.getByLabel('Maximum uses')).toHaveAccessibleDescription("With 0, these codes can't be used");
});

test('the job form offers an earlier end for more than 1,000 codes on a promotion of two years', async ({ page, db }) => {
  const start = new Date();
  const { id } = await seedPromotion(db, { maxCodes: 5000, start, end: new Date(start.getTime() + 730 * 86_400_000) });
  await page.goto(`/promotions/${id}`);
  await page.getByLabel('Number of codes').fill('1001');
  await expect(page.getByText('This promotion runs too long for this many codes')).toBeVisible();
  await page.getByRole('button', { name: /^End it on / }).click();
  await expect(page.getByText('This promotion runs too long for this many codes')).toBeHidden();
  const { end } = await db.promotion.findUniqueOrThrow({ where: { id } });
  expect(end.getTime()).toBeLessThanOrEqual(start.getTime() + 365 * 86_400_000);
  await page.getByRole('button', { name: 'Generate 1,001 codes' }).click();
  await expect(page.getByText('1,001 codes created', { exact: true })).toBeVisible();
});

test('an automatic promotion explains that it has no codes and can be exported', async ({ page, db }) => {
  const { id } = await seedPromotion(db, { automatic: true });
  await page.goto(`/promotions/${id}`);
  await expect(page.getByText('An automatic promotion has no codes')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Generate codes' })).toBeDisabled();
  await expect(page.getByLabel('Number of codes')).toHaveCount(0);
  await page.getByRole('button', { name: 'Export codes' }).click();
  await expect(page.getByRole('table', { name: 'Jobs' })).toContainText('0 rows');
});

test('the job form names the active job and is disabled until it ends', async ({ page, db, user }) => {
  const { id } = await seedPromotion(db);
  await heldJob(db, id, { name: 'The first', createdBy: 'colleague@example.com', generated: 100 });
  await page.goto(`/promotions/${id}`);
  await expect(page.getByRole('status').filter({ hasText: '“The first” is processing' })).toContainText('Only one job runs per promotion');
  await expect(generateButton(page)).toBeDisabled();
  await expect(createJob(db, user, id, { job_type: 'code_export' })).rejects.toThrow('Only 1 pending or processing job');
  await db.promotionJob.updateMany({ where: { promotionId: id }, data: { status: 'cancelled', finishedAt: new Date() } });
  await expect(generateButton(page)).toBeEnabled();
});

test('of two tabs that submit at once, one creates a job and the other shows the error', async ({ page, context, db }) => {
  // Enough codes that the first job is still active at the second request.
  const { id } = await seedPromotion(db, { maxCodes: 200_000 });
  const other = await context.newPage();
  for (const tab of [page, other]) {
    await tab.goto(`/promotions/${id}`);
    await expect(generateButton(tab)).toBeEnabled();
    await tab.getByLabel('Number of codes').fill('200000');
  }
  // Both tabs submit before they see a job of the other.
  for (const tab of [page, other]) await expect(tab.getByRole('button', { name: 'Generate 200,000 codes' })).toBeEnabled();
  await holdRequests([page, other], () =>
    Promise.all([page, other].map((tab) => tab.getByRole('button', { name: 'Generate 200,000 codes' }).click())),
  );
  const refused = (tab: Page) => tab.getByText('Only 1 pending or processing job is allowed per promotion.').count();
  await expect.poll(async () => [await refused(page), await refused(other)].toSorted()).toEqual([0, 1]);
  const jobs = await db.promotionJob.findMany({ where: { promotionId: id } });
  expect(jobs).toHaveLength(1);
  await jobIn(db, jobs[0]?.id ?? '', 'completed');
});

/** Holds the job requests of the tabs until each tab has sent one. */
async function holdRequests(tabs: Page[], click: () => Promise<unknown>): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let sent = 0;
  for (const tab of tabs) {
    await tab.route('**/*', async (route) => {
      if (!route.request().postData()?.includes('number_of_codes')) return route.fallback();
      sent += 1;
      if (sent === tabs.length) resolve();
      await promise;
      await route.fallback();
    });
  }
  await click();
}

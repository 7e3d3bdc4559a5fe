import type { Page } from 'playwright/test';
import { createJob } from '#lib/jobs/create';
import { jobIn } from '#lib/testing/jobs';
import { seedPromotion } from '#lib/testing/seed';
import { expect, test } from '../support/test.ts';

const generateButton = /^Generate/;

/** Returns the accessible description of a field. */
async function descriptionOf(page: Page, label: string): Promise<string> {
  const ids = await page.getByLabel(label).getAttribute('aria-describedby');
  const texts = (ids ?? '').split(' ').map((id) => page.locator(`[id="${id}"]`).textContent());
  return (await Promise.all(texts)).join(' ');
}

test('a click on Generate submits the job form even when the field that loses the focus becomes invalid', async ({ page, db }) => {
  const { id } = await seedPromotion(db);
  await page.goto(`/promotions/${id}`);
  await page.getByLabel('Number of codes').fill('10');
  await page.getByLabel('Prefix').fill('=May');
  await page.getByRole('button', { name: generateButton }).click();
  await expect(page.getByLabel('Prefix')).toBeFocused();
});

test('the job form shows an error at the number of codes while it exceeds the capacity', async ({ page, db }) => {
  const { id } = await seedPromotion(db);
  await page.goto(`/promotions/${id}`);
  await page.getByLabel('Number of codes').fill('1001');
  await expect.poll(() => descriptionOf(page, 'Number of codes')).toContain('Only 1,000 more codes fit');
  await expect.poll(() => descriptionOf(page, 'Number of codes')).toContain('An administrator can raise the maximum');
  await page.getByRole('button', { name: generateButton }).click();
  await expect(page.getByLabel('Number of codes')).toBeFocused();
  expect(await db.promotionJob.count({ where: { promotionId: id } })).toBe(0);
});

test.describe('as an administrator', () => {
  test.use({ role: 'administrator' });

  test('an administrator raises the maximum number of codes from the job form', async ({ page, db }) => {
    const { id } = await seedPromotion(db);
    await page.goto(`/promotions/${id}`);
    await page.getByLabel('Number of codes').fill('2000');
    await page.getByRole('button', { name: 'Raise the maximum' }).click();
    const dialog = page.getByRole('dialog', { name: 'Maximum number of codes' });
    await dialog.getByLabel('Maximum number of codes').fill('2500');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Up to 2,500 more fit in this promotion')).toBeVisible();
    await page.getByRole('button', { name: 'Generate 2,000 codes' }).click();
    await expect(page.getByRole('table', { name: 'Jobs' })).toContainText('2,000 codes created');
  });
});

test('the jobs, filters and job details of a promotion work without JavaScript', async ({ browser, context, db, user, address }) => {
  const { id } = await seedPromotion(db);
  const job = await createJob(db, user, id, { job_type: 'code_export', name: 'Read without scripts' });
  await jobIn(db, job.id, 'completed');
  const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await context.storageState(), baseURL: address });
  const page = await plain.newPage();
  await page.goto(`/promotions/${id}`);
  const jobs = page.getByRole('table', { name: 'Jobs' });
  await expect(jobs).toContainText('Read without scripts');
  await page.getByRole('link', { name: /^Failed/ }).click();
  await expect(page.getByText('No failed jobs')).toBeVisible();
  await page.getByRole('link', { name: /^Completed/ }).click();
  await page.getByLabel('Details of Read without scripts').click();
  await expect(jobs).toContainText('SHA-256');
  await plain.close();
});

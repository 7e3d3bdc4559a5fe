import type { Page } from 'playwright/test';
import { createJob } from '#lib/jobs/create';
import { jobIn } from '#lib/testing/jobs';
import { seedPromotion } from '#lib/testing/seed';
import type { Actor } from '#lib/users/permissions';
import { expect, test } from '../support/test.ts';

function codes(name: string, number_of_codes: number) {
  return { job_type: 'code_generate', name, parameters: { number_of_codes, consume_unit: 'per_cart', code_length: 8 } } as const;
}

function row(page: Page, job: string) {
  const details = page.getByRole('button', { name: `Details of ${job}`, exact: true });
  return page.getByRole('table', { name: 'Jobs' }).getByRole('row').filter({ has: details });
}

/** Returns a job name that no other test uses. */
function uniqueName(what: string, user: Actor): string {
  return `${what} ${user.id.slice(0, 8)}`;
}

test('cancelling a running job shows the number of removed codes and leaves no code', async ({ page, db, user }) => {
  const { id } = await seedPromotion(db, { maxCodes: 3_000_000 });
  await page.goto(`/promotions/${id}`);
  await page.getByLabel('Number of codes').fill('3000000');
  await page.getByLabel('Job name').fill('Too many');
  await page.getByRole('button', { name: 'Generate 3,000,000 codes' }).click();
  await expect(row(page, 'Too many')).toContainText(/\d+,\d{3} of 3,000,000 codes/);
  await expect(page.getByRole('status').filter({ hasText: '“Too many” is processing' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Generate/ })).toBeDisabled();

  await row(page, 'Too many').getByRole('button', { name: 'Cancel Too many' }).click();
  await page.getByRole('button', { name: /^Cancel and remove [\d,]+ codes$/ }).click();
  await expect(row(page, 'Too many')).toContainText('Cancelled');
  await expect(row(page, 'Too many')).toContainText(/[\d,]+ codes removed/);
  await page.getByRole('button', { name: 'Create another job' }).click();
  await expect(page.getByRole('button', { name: /^Generate/ })).toBeEnabled();

  const job = await db.promotionJob.findFirstOrThrow({ where: { promotionId: id } });
  expect(job).toMatchObject({ status: 'cancelled', deleted: job.generated, createdBy: user.name });
  expect(job.generated).toBeGreaterThan(0);
  expect(await db.promotionCode.count({ where: { promotionId: id } })).toBe(0);
});

test('a finished job shows one notification on whichever page is open', async ({ page, db, user }) => {
  const { id, name } = await seedPromotion(db, { maxCodes: 100_000 });
  const title = uniqueName('Elsewhere', user);
  await page.goto(`/promotions/${id}`);
  await page.getByLabel('Number of codes').fill('100000');
  await page.getByLabel('Job name').fill(title);
  await page.getByRole('button', { name: 'Generate 100,000 codes' }).click();
  await expect(row(page, title)).toBeVisible();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Promotions' }).click();
  const notice = page.getByRole('alert').filter({ hasText: `“${title}” completed` });
  await expect(notice).toContainText(`100,000 codes created for ${name}`);
  await notice.getByRole('link', { name: 'Show job' }).click();
  await expect(page).toHaveURL(new RegExp(`/promotions/${id}`));
  await expect(row(page, title)).toContainText('Completed');
  await page.reload();
  await expect(row(page, title)).toBeVisible();
  await expect(notice).toBeHidden();
});

test('running a job again generates the same number of codes with the same settings', async ({ page, db, user }) => {
  const { id } = await seedPromotion(db);
  const first = await createJob(db, user, id, codes('Again', 300));
  await jobIn(db, first.id, 'completed');
  await page.goto(`/promotions/${id}`);
  await row(page, 'Again').getByRole('button', { name: 'Run again: Again' }).click();
  await page.getByRole('button', { name: 'Generate 300 more codes' }).click();
  await expect(row(page, 'Again').filter({ hasText: '300 codes created' })).toHaveCount(2);
  expect(await db.promotionCode.count({ where: { promotionId: id } })).toBe(600);
});

test('a failed job shows the reason in its row', async ({ page, db, user }) => {
  const { id } = await seedPromotion(db);
  await jobIn(db, (await createJob(db, user, id, codes('First', 600))).id, 'completed');
  await jobIn(db, (await createJob(db, user, id, codes('Second', 600))).id, 'failed');
  await page.goto(`/promotions/${id}`);
  await expect(row(page, 'Second')).toContainText('Failed');
  await expect(row(page, 'Second')).toContainText("Doesn't fit in this promotion. No codes were created.");
  expect(await db.promotionCode.count({ where: { promotionId: id } })).toBe(600);
});

test('the filters of the list of all jobs are links and appear in the address', async ({ page, db, user }) => {
  const { id, name } = await seedPromotion(db);
  const title = uniqueName('Listed', user);
  await jobIn(db, (await createJob(db, user, id, codes(title, 10))).id, 'completed');
  await page.goto('/jobs');
  await expect(row(page, title)).toContainText(name);
  await page
    .getByRole('navigation', { name: 'Jobs by status' })
    .getByRole('link', { name: /Completed/ })
    .click();
  await expect(page).toHaveURL(/status=completed/);
  await page.getByRole('navigation', { name: 'Jobs by type' }).getByRole('link', { name: 'Export' }).click();
  await expect(page).toHaveURL(/job_type=code_export/);
  await expect(row(page, title)).toBeHidden();
  await page.goBack();
  await expect(row(page, title)).toBeVisible();
});

test('the list of jobs polls in a visible tab and not in a hidden one', async ({ page, db, user }) => {
  const { id } = await seedPromotion(db, { maxCodes: 3_000_000 });
  const { id: jobId } = await createJob(db, user, id, codes('Watched', 3_000_000));
  await page.goto('/jobs');
  const polled = page.waitForRequest((request) => request.method() === 'POST');
  await polled;
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
  });
  await page.waitForLoadState('networkidle');
  const posts: string[] = [];
  page.on('request', (request) => request.method() === 'POST' && posts.push(request.url()));
  const before = await db.promotionJob.findUniqueOrThrow({ where: { id: jobId } });
  await expect
    .poll(async () => (await db.promotionJob.findUniqueOrThrow({ where: { id: jobId } })).generated, { timeout: 30_000 })
    .toBeGreaterThan(before.generated + 100_000);
  expect(posts).toEqual([]);
  await db.promotionJob.update({ where: { id: jobId }, data: { status: 'cancelling' } });
  await jobIn(db, jobId, 'cancelled', 30_000);
});

test.describe('as a viewer', () => {
  test.use({ role: 'viewer' });

  test('a viewer sees jobs and cannot create, cancel or rerun one', async ({ page, db, user }) => {
    const { id } = await seedPromotion(db);
    await jobIn(db, (await createJob(db, user, id, codes('Looked at', 10))).id, 'completed');
    await page.goto(`/promotions/${id}`);
    await expect(row(page, 'Looked at')).toContainText('Completed');
    await expect(page.getByText('View only')).toBeVisible();
    await expect(page.getByRole('button', { name: /Generate|Export|Cancel|Run again/ })).toHaveCount(0);
  });
});

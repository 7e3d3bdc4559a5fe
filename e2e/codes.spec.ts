import { lookUpHref } from '#components/codes/hrefs.ts';
import type { Database } from '#lib/db';
import { createJob } from '#lib/jobs/create';
import { jobIn } from '#lib/testing/jobs';
import { seedCodes, seedPromotion } from '#lib/testing/seed';
import { expect, signIn, test } from './support/test.ts';

/** Creates a promotion with the codes `prefix-1`, `prefix-2` and so on, whose prefix no other test uses. */
async function createPromotionWithCodes(db: Database, codes: number) {
  const promotion = await seedPromotion(db);
  const prefix = promotion.id.slice(0, 8);
  const jobId = await seedCodes(db, promotion, codes, prefix);
  await db.promotionJob.update({ where: { id: jobId }, data: { name: 'First batch' } });
  return { ...promotion, prefix, jobId };
}

test('the list of codes keeps its page, order and search in the address', async ({ page, db }) => {
  const { id, prefix } = await createPromotionWithCodes(db, 60);
  const first = () => page.getByRole('table', { name: 'Codes' }).getByRole('rowheader').first();
  await page.goto(`/promotions/${id}`);
  await page.getByRole('link', { name: 'Codes', exact: true }).click();
  await expect(first()).toContainText(`${prefix}-60`);
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(first()).toContainText(`${prefix}-35`);
  await expect(page).toHaveURL(/\?page=2$/);
  await page.getByRole('link', { name: 'Code order' }).click();
  await expect(first()).toContainText(`${prefix}-1`);
  await expect(page).toHaveURL(/\?order=code$/);
  await page.getByPlaceholder('Search by part of a code').fill(`${prefix.toUpperCase()}-5`);
  await page.keyboard.press('Enter');
  await expect(page.getByText(`11 of 60 codes with “${prefix.toUpperCase()}-5”`)).toBeVisible();
  await expect(first()).toContainText(`${prefix}-5`);
  await page.goBack();
  await expect(page.getByText('Page 1 of 3')).toBeVisible();
});

test('a search without results links to the search in all promotions', async ({ page, db }) => {
  const { id } = await createPromotionWithCodes(db, 1);
  const other = await createPromotionWithCodes(db, 1);
  await page.goto(`/promotions/${id}/codes?search=${other.prefix}-1`);
  await page.getByRole('link', { name: 'Search all promotions' }).click();
  const row = page.getByRole('table', { name: 'Codes found' }).getByRole('row').last();
  await expect(row).toContainText(other.name);
  await expect(row).toContainText('Can be used');
  await expect(row).toContainText('1 of 1 left');
});

test('the search at the top of a page finds a code, its promotion and its job', async ({ page, db }) => {
  const { id, prefix, name, jobId } = await createPromotionWithCodes(db, 1);
  await page.goto('/promotions');
  await page.keyboard.press('/');
  await page.keyboard.type(`  ${prefix.toUpperCase()}-1 `);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: '1 code found' })).toBeVisible();
  await expect(page.getByRole('link', { name })).toBeVisible();
  await page.getByRole('link', { name: 'First batch' }).click();
  await expect(page).toHaveURL(`/promotions/${id}?job=${jobId}`);
});

test('the code search lists the found and the unknown codes of a pasted list', async ({ page, db }) => {
  const { prefix, id } = await createPromotionWithCodes(db, 3);
  await db.promotionCode.updateMany({ where: { promotionId: id, code: `${prefix}-2` }, data: { uses: 0 } });
  await page.goto(lookUpHref('none-of-them'));
  await expect(page.getByText('Code “none-of-them” not found')).toBeVisible();
  const field = page.getByRole('textbox', { name: 'Codes' });
  await field.fill(`${prefix}-1; ${prefix}–2\n"nobody-has-this",\t${prefix.toUpperCase()}-1`);
  await page.getByRole('button', { name: 'Look up' }).click();
  await expect(page.getByRole('heading', { name: '2 of 3 codes found' })).toBeVisible();
  await expect(page.getByRole('group', { name: '1 code not found' })).toContainText('nobody-has-this');
  const rows = page.getByRole('table', { name: 'Codes found' }).getByRole('row');
  await expect(rows.filter({ hasText: `${prefix}-2` })).toContainText('Used up');
  await expect(page).toHaveURL('/codes');

  await field.fill(Array.from({ length: 501 }, (_, i) => `x-${i}`).join('\n'));
  await page.getByRole('button', { name: 'Look up' }).click();
  await expect(page.getByText('Paste at most 500 codes at a time, not 501')).toBeVisible();
  await expect(field).toHaveAttribute('aria-invalid', 'true');
});

test('the copy button puts a code on the clipboard', async ({ page, db, context }) => {
  const { id, prefix } = await createPromotionWithCodes(db, 1);
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto(`/promotions/${id}/codes`);
  await page.getByRole('button', { name: `Copy ${prefix}-1` }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeFocused();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(`${prefix}-1`);
});

test('the exports page shows checksums, downloads files and reports a damaged file', async ({ page, db, user }) => {
  const { id } = await createPromotionWithCodes(db, 3);
  await page.goto(`/promotions/${id}/exports`);
  await expect(page.getByText('No exports yet')).toBeVisible();
  await page.getByRole('link', { name: 'Export codes' }).click();
  await expect(page.getByRole('button', { name: 'Export codes' })).toBeVisible();

  const { id: jobId } = await createJob(db, user, id, { job_type: 'code_export', name: 'For the printer' });
  const job = await jobIn(db, jobId, 'completed');
  await page.goto(`/promotions/${id}/exports`);
  const row = page.getByRole('row').filter({ hasText: 'For the printer' });
  await expect(row).toContainText(user.name);
  await expect(row).toContainText(job.fileSha256?.slice(0, 12) ?? '');
  const downloading = page.waitForEvent('download');
  await row.getByRole('button', { name: 'Download For the printer' }).click();
  expect((await downloading).suggestedFilename()).toMatch(/^Promotion .* codes \d{4}-\d\d-\d\d\.csv$/);

  await db.promotionJob.update({ where: { id: jobId }, data: { fileBytes: 1 } });
  await row.getByRole('button', { name: 'Download For the printer' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'Run the export again' })).toBeVisible();
});

test('the list and the search of codes work without JavaScript', async ({ browser, db, user, address }) => {
  const { id, prefix } = await createPromotionWithCodes(db, 30);
  const context = await browser.newContext({ baseURL: address, javaScriptEnabled: false });
  await signIn(db, context, user);
  const page = await context.newPage();
  await page.goto(`/promotions/${id}/codes`);
  await page.getByRole('link', { name: 'Next' }).click();
  await expect(page.getByRole('rowheader')).toHaveCount(5);
  await page.getByPlaceholder('Search by part of a code').fill(`${prefix}-30`);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('rowheader')).toHaveCount(1);
  await page.goto('/codes');
  await page.getByRole('textbox', { name: 'Codes' }).fill(`${prefix}-1\n${prefix}-2`);
  await page.getByRole('button', { name: 'Look up' }).click();
  await expect(page.getByRole('heading', { name: '2 codes found' })).toBeVisible();
  await context.close();
});

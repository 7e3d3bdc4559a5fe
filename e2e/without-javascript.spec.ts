import { createJob } from '#lib/jobs/create';
import { jobIn } from '#lib/testing/jobs';
import { seedPromotion } from '#lib/testing/seed';
import { expect, signIn, test } from './support/test.ts';

test('the list of jobs and its filters work without JavaScript', async ({ browser, db, user, address }) => {
  const { id, name } = await seedPromotion(db);
  const title = `Read by ${user.id.slice(0, 8)}`;
  const { id: jobId } = await createJob(db, user, id, {
    job_type: 'code_generate',
    name: title,
    parameters: { number_of_codes: 10, consume_unit: 'per_cart', code_length: 8 },
  });
  await jobIn(db, jobId, 'completed');

  const context = await browser.newContext({ baseURL: address, javaScriptEnabled: false });
  await signIn(db, context, user);
  const page = await context.newPage();
  await page.goto('/jobs');
  const row = page.getByRole('table', { name: 'Jobs' }).getByRole('row').filter({ hasText: title });
  await expect(row).toContainText(name);
  await expect(row).toContainText('Completed');
  await expect(row).toContainText('10 codes created');
  await page
    .getByRole('navigation', { name: 'Jobs by status' })
    .getByRole('link', { name: /Completed/ })
    .click();
  await expect(page).toHaveURL(/status=completed/);
  await row.getByRole('button', { name: `Details of ${title}` }).click();
  await expect(page).toHaveURL(new RegExp(`job=${jobId}`));

  await page.goto('/promotions');
  await page.getByRole('searchbox', { name: 'Search promotions by name' }).fill(name);
  await page.getByRole('searchbox', { name: 'Search promotions by name' }).press('Enter');
  await page.getByRole('link', { name }).click();
  await expect(page).toHaveURL(`/promotions/${id}`);
  await expect(row).toContainText('Completed');
  await context.close();
});

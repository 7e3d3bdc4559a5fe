import { setMaxCodes } from '#lib/promotions/set-max-codes';
import { updatePromotion } from '#lib/promotions/update';
import { seedPromotion, seedUser } from '#lib/testing/seed';
import { expect, test } from './support/test.ts';

test('the history lists changes of a promotion and its jobs, newest first', async ({ page, db, user }) => {
  const { id } = await seedPromotion(db, { name: 'May' });
  await page.goto(`/promotions/${id}/edit`);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('June');
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'June' })).toBeVisible();
  await page.getByRole('button', { name: 'Switch off' }).click();
  await expect(page.getByRole('button', { name: 'Switch on' })).toBeVisible();
  await page.getByRole('navigation', { name: 'This promotion' }).getByRole('link', { name: 'Jobs' }).click();
  await page.getByLabel('Job name').fill('For print');
  await page.getByLabel('Number of codes').fill('12');
  await page.getByRole('button', { name: 'Generate 12 codes' }).click();
  await expect(page.getByRole('table', { name: 'Jobs' })).toContainText('12 codes created');
  const administrator = await seedUser(db, 'administrator');
  await setMaxCodes(db, administrator, { promotionId: id, max_codes: 5000 });

  await page.getByRole('navigation', { name: 'This promotion' }).getByRole('link', { name: 'History' }).click();
  await expect(page).toHaveURL(`/promotions/${id}/history`);
  const rows = page.getByRole('table', { name: 'History' }).locator('tbody').getByRole('row');
  await expect(rows).toContainText([
    /Promotion changedMaximum number of codesfrom 1,000to 5,000/,
    /Generate: For printCompleted12 codes created/,
    /Promotion changedSwitchedfrom onto off/,
    /Promotion changedNamefrom Mayto June/,
    /Promotion created/,
  ]);
  await expect(rows.nth(0)).toContainText(administrator.name);
  await expect(rows.nth(1)).toContainText(user.name);
  await expect(rows.nth(1)).toContainText('just now');
  await rows.nth(1).getByText('just now').hover();
  await expect(page.getByRole('tooltip')).toContainText(String(new Date().getFullYear()));
  const versions = await db.promotionVersion.findMany({ where: { promotionId: id }, orderBy: { version: 'asc' } });
  expect(versions.map(({ fields }) => fields)).toEqual([[], ['name'], ['enabled'], ['max_codes']]);
});

test.describe('as a viewer', () => {
  test.use({ role: 'viewer' });

  test('a viewer reads a long history page by page', async ({ page, db, user }) => {
    const { id } = await seedPromotion(db, { name: 'Version 1' });
    for (let version = 2; version <= 30; version++) await updatePromotion(db, user, { promotionId: id, name: `Version ${version}` });
    await page.goto(`/promotions/${id}/history`);
    const rows = page.getByRole('table', { name: 'History' }).locator('tbody').getByRole('row');
    await expect(rows).toHaveCount(25);
    await expect(rows.first()).toContainText('to Version 30');
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Next' }).click();
    await expect(page).toHaveURL(/page=2/);
    await expect(rows).toHaveCount(5);
    await expect(rows.last()).toContainText('Promotion created');
  });
});

import type { Browser, BrowserContext, Page } from 'playwright/test';
import type { Database } from '#lib/db';
import { seedPromotion, seedUser } from '#lib/testing/seed';
import { changeRole } from '#lib/users/roles';
import { expect, signIn, test, waitForHydration } from './support/test.ts';

/** Opens the page in the browser of another user. */
async function openAsColleague(
  browser: Browser,
  db: Database,
  url: string,
): Promise<{ context: BrowserContext; page: Page; name: string }> {
  const user = await seedUser(db);
  const context = await browser.newContext();
  await signIn(db, context, user);
  const page = await context.newPage();
  await page.goto(url);
  await waitForHydration(page);
  return { context, page, name: user.name };
}

function save(page: Page) {
  return page.getByRole('button', { name: 'Save changes' }).click();
}

test('edits of two users in different fields of a promotion are both saved', async ({ browser, page, db, address }) => {
  const { id } = await seedPromotion(db);
  await page.goto(`/promotions/${id}/edit`);
  const other = await openAsColleague(browser, db, `${address}/promotions/${id}/edit`);
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Late summer');
  await other.page.getByLabel('Description').fill('For parcels');
  await save(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Late summer' })).toBeVisible();
  await save(other.page);
  await expect(other.page.getByRole('heading', { level: 1, name: 'Late summer' })).toBeVisible();
  expect(await db.promotion.findUniqueOrThrow({ where: { id } })).toMatchObject({ name: 'Late summer', description: 'For parcels' });
  await other.context.close();
});

test('a second edit of the same field shows the first edit and lets the user choose', async ({ browser, page, db, address, user }) => {
  const { id } = await seedPromotion(db, { name: 'Summer' });
  await page.goto(`/promotions/${id}/edit`);
  const other = await openAsColleague(browser, db, `${address}/promotions/${id}/edit`);
  const name = other.page.getByRole('textbox', { name: 'Name', exact: true });
  const description = other.page.getByLabel('Description');
  await name.fill('Autumn');
  await description.fill('For parcels');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Late summer');
  await save(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Late summer' })).toBeVisible();

  await save(other.page);
  const conflict = other.page.getByRole('alert').filter({ hasText: 'while you were editing' });
  await expect(conflict).toContainText(`${user.name} changed this to “Late summer”`);
  await expect(name).toHaveValue('Autumn');
  await expect(description).toHaveValue('For parcels');
  expect(await db.promotion.findUniqueOrThrow({ where: { id } })).toMatchObject({ name: 'Late summer', description: '' });

  await conflict.getByRole('button', { name: 'Use theirs' }).click();
  await expect(name).toHaveValue('Late summer');
  await save(other.page);
  await expect.poll(async () => (await db.promotion.findUniqueOrThrow({ where: { id } })).description).toBe('For parcels');

  await name.fill('Winter');
  await db.promotion.update({ where: { id }, data: { name: 'Spring', updatedBy: 'script@example.com' } });
  await save(other.page);
  await expect(conflict).toContainText('script@example.com changed this to “Spring”');
  await conflict.getByRole('button', { name: 'Keep mine' }).click();
  await save(other.page);
  await expect(other.page.getByRole('heading', { level: 1, name: 'Winter' })).toBeVisible();
  await other.context.close();
});

test('a second edit of the discount shows both discounts and keeps the one that the user chooses', async ({ page, db }) => {
  const percent = (percentage: string | number) => ({ currencies: [{ percentage, currency: 'EUR' }] });
  const { id } = await seedPromotion(db, { promotionType: 'percent_discount', schema: percent('10') });
  await page.goto(`/promotions/${id}/edit`);
  const field = page.getByRole('textbox', { name: 'Percentage' });
  await field.fill('30');
  await db.promotion.update({ where: { id }, data: { schema: percent('20'), updatedBy: 'script@example.com' } });
  await save(page);
  const conflict = page.getByRole('alert').filter({ hasText: 'while you were editing' });
  await expect(conflict).toContainText(/script@example.com changed this to “20 ?% off the cart”/);
  await expect(field).toHaveValue('30');
  expect((await db.promotion.findUniqueOrThrow({ where: { id } })).schema).toEqual(percent('20'));
  await conflict.getByRole('button', { name: 'Use theirs' }).click();
  await expect(field).toHaveValue('20');
  await field.fill('40');
  await db.promotion.update({ where: { id }, data: { schema: percent('25'), updatedBy: 'script@example.com' } });
  await save(page);
  await conflict.getByRole('button', { name: 'Keep mine' }).click();
  await save(page);
  await expect.poll(async () => (await db.promotion.findUniqueOrThrow({ where: { id } })).schema).toEqual(percent(40));
});

test('saving a promotion that has ended meanwhile asks before it deletes codes', async ({ page, db }) => {
  const { id, start } = await seedPromotion(db, { start: new Date(Date.now() - 86_400_000 * 3) });
  await db.promotionCode.create({ data: { promotionId: id, code: `ends-${id}`, consumeUnit: 'per_cart', createdBy: 'seed@example.com' } });
  await db.promotion.update({ where: { id }, data: { codeCount: 1 } });
  await page.goto(`/promotions/${id}/edit`);
  await page.getByRole('button', { name: '90 days' }).click();
  const end = new Date(start.getTime() + 86_400_000);
  await db.promotion.update({ where: { id }, data: { end, updatedBy: 'script@example.com' } });
  await save(page);
  await expect(page.getByRole('alert').filter({ hasText: 'script@example.com changed this to' })).toBeVisible();
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await save(page);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('deletes its 1 code');
  expect(await db.promotionCode.count({ where: { promotionId: id } })).toBe(1);
  await dialog.getByRole('button', { name: 'Save and delete 1 code' }).click();
  await expect.poll(() => db.promotionCode.count({ where: { promotionId: id } })).toBe(0);
});

test.describe('as an administrator', () => {
  test.use({ role: 'administrator' });

  test('the dialog of the maximum number of codes shows a change by another user', async ({ page, db }) => {
    const { id } = await seedPromotion(db);
    await page.goto(`/promotions/${id}/edit`);
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: /^Set maximum/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('3000');
    await db.promotion.update({ where: { id }, data: { maxCodes: 5000, updatedBy: 'script@example.com' } });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByRole('alert').filter({ hasText: 'changed this to 5,000 codes' })).toBeVisible();
    expect(await db.promotion.findUniqueOrThrow({ where: { id } })).toMatchObject({ maxCodes: 5000 });
    await dialog.getByRole('button', { name: 'Keep mine' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect.poll(async () => (await db.promotion.findUniqueOrThrow({ where: { id } })).maxCodes).toBe(3000);
  });

  test('the role dialog shows a change by another user', async ({ page, db, user }) => {
    const ana = await seedUser(db);
    await page.goto('/users');
    const row = page.getByRole('row').filter({ hasText: ana.name });
    await row.getByRole('button', { name: /^Change/ }).click();
    await page.getByRole('menuitem', { name: 'Change role' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /^Administrator/ }).check();
    await changeRole(db, user, { userId: ana.id, role: 'viewer' });
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog.getByRole('alert').filter({ hasText: 'changed this to Viewer' })).toBeVisible();
    await dialog.getByRole('button', { name: 'Use theirs' }).click();
    await expect(dialog.getByRole('radio', { name: /^Viewer/ })).toBeChecked();
    expect((await db.user.findUniqueOrThrow({ where: { id: ana.id } })).role).toBe('viewer');
  });
});

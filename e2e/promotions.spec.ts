import { seedCodes, seedPromotion } from '#lib/testing/seed';
import { expect, test } from './support/test.ts';

test('a merchandiser creates, edits, disables, duplicates and deletes a promotion', async ({ page, db, user }) => {
  const name = `Five off ${user.id.slice(0, 8)}`;
  await page.goto('/promotions/new');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
  await page.getByRole('radio', { name: /Amount off the cart/ }).check();
  await page.getByRole('textbox', { name: 'Amount in USD' }).fill('5');
  await page.getByRole('button', { name: 'Create promotion' }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  const created = await db.promotion.findFirstOrThrow({ where: { name } });
  expect(created).toMatchObject({
    promotionType: 'fixed_discount',
    schema: { currencies: [{ amount: 500, currency: 'USD' }] },
    enabled: true,
  });

  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByLabel('Description').fill('For parcels');
  await page.getByRole('button', { name: /^Save/ }).click();
  await expect.poll(async () => (await db.promotion.findUniqueOrThrow({ where: { id: created.id } })).description).toBe('For parcels');

  await page.getByRole('button', { name: 'Switch off' }).click();
  await expect(page.getByRole('button', { name: 'Switch on' })).toBeVisible();

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Duplicate' }).click();
  await expect(page).not.toHaveURL(new RegExp(created.id));
  await expect(page.getByRole('heading', { level: 1 })).toContainText(name);

  await seedCodes(db, created, 12, `delete-${created.id}`);
  await page.goto(`/promotions/${created.id}`);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('12 codes');
  await dialog.getByRole('button', { name: /^Delete/ }).click();
  await expect(page).toHaveURL(/\/promotions$/);
  expect(await db.promotion.count({ where: { id: created.id } })).toBe(0);
  expect(await db.promotionCode.count({ where: { promotionId: created.id } })).toBe(0);
});

test('a merchandiser changes the discount of a promotion with codes, and its history shows both discounts', async ({ page, db }) => {
  const exclude = { targets: ['gift-card'] };
  const promotion = await seedPromotion(db, {
    promotionType: 'item_percent_discount',
    schema: { targets: ['mug-green'], percent: '10', exclude },
  });
  await seedCodes(db, promotion, 3, promotion.id);
  await page.goto(`/promotions/${promotion.id}/edit`);
  await expect(page.getByText('existing codes, including exported ones, keep working and give the new discount')).toBeVisible();
  await expect(page.getByRole('radio', { name: /^Automatically/ })).toBeDisabled();
  await expect(page.getByText('Remove the 3 codes of this promotion first')).toBeVisible();
  await page.getByRole('textbox', { name: 'Percentage off' }).fill('120');
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /100/ })).toBeVisible();
  await page.getByRole('textbox', { name: 'Percentage off' }).fill('20');
  await page.getByRole('radio', { name: /^All items/ }).check();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect
    .poll(async () => (await db.promotion.findUniqueOrThrow({ where: { id: promotion.id } })).schema)
    .toEqual({
      targets: 'all',
      percent: 20,
      exclude,
    });
  expect(await db.promotionCode.count({ where: { promotionId: promotion.id } })).toBe(3);

  await page.goto(`/promotions/${promotion.id}/history`);
  await expect(page.getByText(/^from 10% off 1 item; Items: mug-green; Excluded items: gift-card$/)).toBeVisible();
  await expect(page.getByText(/^to 20% off all items; Items: All items; Excluded items: gift-card$/)).toBeVisible();
});

test('a merchandiser switches a promotion without codes to automatic and back', async ({ page, db }) => {
  const { id } = await seedPromotion(db);
  await page.goto(`/promotions/${id}/edit`);
  await page.getByRole('radio', { name: /^Automatically/ }).check();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect.poll(async () => (await db.promotion.findUniqueOrThrow({ where: { id } })).automatic).toBe(true);
  await page.getByRole('radio', { name: /^With a code/ }).check();
  await page.getByRole('button', { name: 'Save changes' }).click();
  await expect.poll(async () => (await db.promotion.findUniqueOrThrow({ where: { id } })).automatic).toBe(false);
  await page.goto(`/promotions/${id}/history`);
  await expect(page.getByText(/^to automatically$/)).toBeVisible();
  await expect(page.getByText(/^from automatically$/)).toBeVisible();
});

test('the list of promotions keeps its search and status filter in the address', async ({ page, db, user }) => {
  const mark = user.id.slice(0, 8);
  await seedPromotion(db, { name: `Running ${mark}` });
  await seedPromotion(db, { name: `Off ${mark}`, enabled: false });
  await page.goto('/promotions');
  await page.getByRole('searchbox', { name: 'Search promotions by name' }).fill(mark);
  await page.getByRole('searchbox', { name: 'Search promotions by name' }).press('Enter');
  await expect(page).toHaveURL(new RegExp(`search=${mark}`));
  await expect(page.getByRole('rowheader')).toHaveCount(2);
  await page.getByRole('navigation', { name: 'Status' }).getByRole('link', { name: /^Off/ }).click();
  await expect(page).toHaveURL(/status=off/);
  await expect(page.getByRole('rowheader')).toContainText([`Off ${mark}`]);
  await page.reload();
  await expect(page.getByRole('rowheader')).toHaveCount(1);
});

test('only an administrator can raise the maximum number of codes', async ({ page, db }) => {
  const { id } = await seedPromotion(db);
  await page.goto(`/promotions/${id}`);
  await page.getByRole('button', { name: 'More' }).click();
  await expect(page.getByRole('menuitem', { name: 'Duplicate' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: 'Set maximum number of codes' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  await page.getByLabel('Number of codes').fill('1001');
  await expect(page.getByText('An administrator can raise the maximum.')).toBeVisible();
});

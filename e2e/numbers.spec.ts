import type { Locator, Page } from 'playwright/test';
import { seedPromotion } from '#lib/testing/seed';
import { expect, test } from './support/test.ts';

const ways = {
  typed: async (field: Locator, text: string) => {
    await field.fill('');
    await field.pressSequentially(text);
  },
  pasted: async (field: Locator, text: string) => {
    await field.evaluate((_field, text) => navigator.clipboard.writeText(text), text);
    await field.fill('');
    await field.press('ControlOrMeta+V');
  },
};

test.use({ role: 'administrator', permissions: ['clipboard-read', 'clipboard-write'] });

const textbox = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
/** The form suggests the currency that was used last, by whichever test. */
async function chooseCurrency(page: Page, code: string): Promise<void> {
  await page.getByRole('combobox', { name: 'Currency' }).click();
  await page.getByRole('option', { name: new RegExp(`^${code}`) }).click();
}

const amountIn = (page: Page, group: string) => page.getByRole('group', { name: group }).getByRole('textbox').first();

for (const [way, enter] of Object.entries(ways)) {
  test(`amounts that are ${way} are stored with their value, displayed with grouping and saved again unchanged`, async ({
    page,
    db,
    user,
  }) => {
    const name = `Amounts ${way} by ${user.id.slice(0, 8)}`;
    await page.goto('/promotions/new');
    await textbox(page, 'Name').fill(name);
    await page.getByRole('radio', { name: /Amount off the cart/ }).check();
    await chooseCurrency(page, 'USD');
    await enter(amountIn(page, 'Amount off'), '1,000');
    await page.getByRole('button', { name: 'Add a minimum' }).click();
    await enter(amountIn(page, 'Minimum cart value'), '１,５００．５');
    await page.getByRole('button', { name: 'Add a maximum' }).click();
    await enter(amountIn(page, 'Maximum discount'), '9.99');
    await enter(page.getByLabel('Uses per cart'), '1,000');
    await page.getByRole('button', { name: 'Create promotion' }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    const stored = await db.promotion.findFirstOrThrow({ where: { name } });
    const amounts = {
      schema: { currencies: [{ amount: 100_000, currency: 'USD' }] },
      minCartValue: [{ amount: 150_050, currency: 'USD' }],
      maxDiscountValue: [{ amount: 999, currency: 'USD' }],
      maxApplicationsPerCart: 1000,
    };
    expect(stored).toMatchObject(amounts);

    await page.goto(`/promotions/${stored.id}/edit`);
    await expect(page.getByText('$1,000.00 off the cart').first()).toBeVisible();
    for (const [field, shown] of [
      [amountIn(page, 'Minimum cart value'), '1,500.50'],
      [amountIn(page, 'Maximum discount'), '9.99'],
      [page.getByLabel('Uses per cart'), '1,000'],
    ] as const) {
      await expect(field).toHaveValue(shown);
      await enter(field, shown);
    }
    await textbox(page, 'Description').fill('Saved again');
    await page.getByRole('button', { name: /^Save/ }).click();
    await expect.poll(async () => (await db.promotion.findUniqueOrThrow({ where: { id: stored.id } })).description).toBe('Saved again');
    expect(await db.promotion.findUniqueOrThrow({ where: { id: stored.id } })).toMatchObject(amounts);
  });

  test(`the form refuses ambiguous and invalid amounts and percentages that are ${way}`, async ({ page, db, user }) => {
    const name = `Refused ${way} by ${user.id.slice(0, 8)}`;
    await page.goto('/promotions/new');
    await textbox(page, 'Name').fill(name);
    const submit = page.getByRole('button', { name: 'Create promotion' });
    const percentage = textbox(page, 'Percentage');
    for (const [text, says] of [
      ['-5', 'Enter a percentage from 0 to 100, with at most 6 decimals'],
      ['1,5', '“1,5” could mean 15 or 1.5. Enter the one you mean'],
      ['1e1', 'Enter a percentage from 0 to 100, with at most 6 decimals'],
    ] as const) {
      await enter(percentage, text);
      await submit.click();
      await expect(percentage).toHaveAccessibleDescription(says);
      await expect(percentage).toHaveValue(text);
    }
    await page.getByRole('radio', { name: /Amount off the cart/ }).check();
    await chooseCurrency(page, 'USD');
    const amount = amountIn(page, 'Amount off');
    for (const [text, says] of [
      ['1,5', '“1,5” could mean 15.00 or 1.50. Enter the one you mean'],
      ['1.000', '“1.000” could mean 1,000.00 or 1.00. Enter the one you mean'],
      ['-5', 'Enter an amount in digits, such as 1.00'],
      ['9.99', ''],
    ] as const) {
      await enter(amount, text);
      if (says) await submit.click();
      await expect(amount).toHaveAccessibleDescription(says);
    }
    await chooseCurrency(page, 'JPY');
    await expect(amount).toHaveValue('9.99');
    await submit.click();
    await expect(amount).toHaveAccessibleDescription('JPY has no decimals: enter 9 or 10');
    expect(await db.promotion.count({ where: { name } })).toBe(0);
    await enter(amount, '10');
    await chooseCurrency(page, 'USD');
    await enter(amount, '10.00');
    await chooseCurrency(page, 'JPY');
    await expect(amount).toHaveValue('10');
    await submit.click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    expect(await db.promotion.findFirstOrThrow({ where: { name } })).toMatchObject({
      schema: { currencies: [{ amount: 10, currency: 'JPY' }] },
    });
  });

  test(`the number of codes and the maximum accept 1,000 as one thousand when it is ${way}`, async ({ page, db }) => {
    const { id } = await seedPromotion(db);
    await page.goto(`/promotions/${id}`);
    await enter(page.getByLabel('Number of codes'), '1.000');
    await page.getByRole('button', { name: 'Generate codes' }).click();
    await expect(page.getByLabel('Number of codes')).toHaveAccessibleDescription(/could mean 1,000 or 1\./);
    expect(await db.promotionJob.count({ where: { promotionId: id } })).toBe(0);

    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Set maximum number of codes' }).click();
    const dialog = page.getByRole('dialog', { name: 'Maximum number of codes' });
    const maximum = dialog.getByLabel('Maximum number of codes');
    await enter(maximum, '2.000');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(maximum).toHaveAccessibleDescription('“2.000” could mean 2,000 or 2. Enter the one you mean');
    await enter(maximum, '2,000');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    expect(await db.promotion.findUniqueOrThrow({ where: { id } })).toMatchObject({ maxCodes: 2000 });

    await enter(page.getByLabel('Number of codes'), '1,000');
    await enter(page.getByLabel('Maximum uses'), '1,500');
    await page.getByRole('button', { name: 'Generate 1,000 codes' }).click();
    await expect(page.getByText('1,000 codes created', { exact: true })).toBeVisible();
    expect(await db.promotionJob.findMany({ where: { promotionId: id } })).toMatchObject([{ numberOfCodes: 1000, maxUsesPerCode: 1500 }]);
  });

  test(`the client form accepts an expiry of 1,000 days that is ${way}`, async ({ page, db, user }) => {
    const name = `Days ${way} by ${user.id.slice(0, 8)}`;
    await page.goto('/clients');
    await page.getByRole('button', { name: 'Create client' }).click();
    const dialog = page.getByRole('dialog', { name: 'Create API client' });
    await dialog.getByLabel('Name').fill(name);
    const days = dialog.getByLabel('Expires after (days)');
    await enter(days, '1.000');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(days).toHaveAccessibleDescription('“1.000” could mean 1,000 or 1. Enter the one you mean');
    await enter(days, '1,000');
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(dialog.getByText('shown only once')).toBeVisible();
    const { createdAt, expiresAt } = await db.client.findFirstOrThrow({ where: { name } });
    expect(Math.round(((expiresAt?.getTime() ?? 0) - createdAt.getTime()) / 3_600_000 / 24)).toBe(1000);
  });
}

test('a field refuses a pasted list of numbers', async ({ page, db }) => {
  const { id } = await seedPromotion(db);
  await page.goto(`/promotions/${id}`);
  await ways.pasted(page.getByLabel('Number of codes'), '1\n2\n3');
  await page.getByRole('button', { name: /^Generate/ }).click();
  await expect(page.getByLabel('Number of codes')).toHaveAttribute('aria-invalid', 'true');
  expect(await db.promotionJob.count({ where: { promotionId: id } })).toBe(0);
});

import { seedPromotion } from '#lib/testing/seed';
import { expect, test } from './support/test.ts';

test.describe('in Berlin', () => {
  test.use({ timezoneId: 'Europe/Berlin' });

  test('the date presets keep the time of day across a clock change and set the last second of a day', async ({ page, db, user }) => {
    const name = `Across clocks ${user.id.slice(0, 8)}`;
    await page.goto('/promotions/new');
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    await page.getByRole('textbox', { name: 'Percentage' }).fill('10');
    await page.getByLabel('Start', { exact: true }).fill('2027-10-10T12:00');
    await page.getByRole('button', { name: '30 days' }).click();
    await expect(page.getByLabel('End', { exact: true })).toHaveValue('2027-11-09T12:00');
    await page.getByRole('button', { name: 'End of that day' }).click();
    await expect(page.getByLabel('End', { exact: true })).toHaveValue('2027-11-09T23:59:59');
    await page.getByRole('button', { name: 'Create promotion' }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await expect(page.getByText('10 Oct 2027, 12:00 – 9 Nov 2027', { exact: true })).toBeVisible();
    const { start, end } = await db.promotion.findFirstOrThrow({ where: { name } });
    expect([start, end]).toEqual([new Date('2027-10-10T10:00:00Z'), new Date('2027-11-09T22:59:59Z')]);
  });

  test('the preset of 365 days stays within the limit for more than 1,000 codes', async ({ page }) => {
    await page.goto('/promotions/new');
    await page.getByLabel('Start', { exact: true }).fill('2027-10-30T12:00');
    await page.getByRole('button', { name: '365 days' }).click();
    // The clocks go back twice between these dates, so the end is one hour earlier.
    await expect(page.getByLabel('End', { exact: true })).toHaveValue('2028-10-29T11:00');
  });

  test('the form refuses a time that a clock change skips and shows the error at its field', async ({ page }) => {
    await page.goto('/promotions/new');
    await page.getByLabel('Start', { exact: true }).fill('2027-03-28T02:30');
    await page.getByRole('button', { name: 'Create promotion' }).click();
    await expect(page.getByText('The clocks skip this time. Enter another time')).toBeVisible();
    await expect(page.getByLabel('Start', { exact: true })).toHaveValue('2027-03-28T02:30');
  });

  test('a new promotion lasts 30 calendar days by default', async ({ page }) => {
    await page.goto('/promotions/new');
    const start = await page.getByLabel('Start', { exact: true }).inputValue();
    const end = await page.getByLabel('End', { exact: true }).inputValue();
    expect(end.slice(10)).toBe(start.slice(10));
    expect(Date.parse(`${end}Z`) - Date.parse(`${start}Z`)).toBe(30 * 24 * 3_600_000);
  });
});

for (const [timezoneId, start, end] of [
  ['UTC', '1 Mar 2027', '31 Mar 2027, 00:00'],
  ['America/New_York', '28 Feb 2027, 19:00', '30 Mar 2027, 20:00'],
  ['Pacific/Kiritimati', '1 Mar 2027, 14:00', '31 Mar 2027, 14:00'],
] as const) {
  test.describe(`in ${timezoneId}`, () => {
    test.use({ timezoneId });

    test(`a promotion that ends on 31 March 00:00 UTC shows its local end in ${timezoneId}`, async ({ page, db }) => {
      const { id, name } = await seedPromotion(db, { start: new Date('2027-03-01T00:00:00Z'), end: new Date('2027-03-31T00:00:00Z') });
      await page.goto(`/promotions?search=${encodeURIComponent(name)}`);
      await expect(page.getByRole('row').filter({ hasText: name })).toContainText(`${start} – ${end}`);
      await page.goto(`/promotions/${id}`);
      await expect(page.getByText(`${start} – ${end}`, { exact: true })).toBeVisible();
    });
  });
}

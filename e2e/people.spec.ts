import { makePerson } from '#lib/testing/seed';
import { expect, test } from './support/test.ts';

test.describe('an administrator', () => {
  test.use({ role: 'administrator' });

  test('adds a colleague, who signs in with the password that was shown once', async ({ page, browser, person, address }) => {
    const email = `colleague-${person.id.slice(0, 8)}@example.com`;
    await page.goto('/people');
    await page.getByRole('button', { name: 'Add a person' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a person' });
    await dialog.getByLabel('Name').fill('New Colleague');
    await dialog.getByLabel('E-mail').fill(email);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    const password = await dialog.getByRole('textbox', { name: 'Password' }).inputValue();

    const elsewhere = await browser.newContext({ baseURL: address });
    const theirs = await elsewhere.newPage();
    await theirs.goto('/sign-in');
    await theirs.getByLabel('E-mail').fill(email);
    await theirs.getByLabel('Password', { exact: true }).fill(password);
    await theirs.getByRole('button', { name: 'Sign in' }).click();
    await expect(theirs).toHaveURL('/promotions');
    await elsewhere.close();
  });

  test('switches somebody off after being told what that does', async ({ page, db }) => {
    const { id, name: email } = await makePerson(db);
    await db.user.update({ where: { id }, data: { name: `Leaver ${id.slice(0, 8)}` } });
    await page.goto('/people');
    await page
      .getByRole('row')
      .filter({ hasText: email })
      .getByRole('button', { name: /^Change / })
      .click();
    await page.getByRole('menuitem', { name: 'Switch off' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('out at once');
    await dialog.getByRole('button', { name: 'Switch off' }).click();
    await expect.poll(async () => (await db.user.findUniqueOrThrow({ where: { id } })).disabledAt).not.toBeNull();
  });
});

for (const role of ['viewer', 'merchandiser'] as const) {
  test.describe(`a ${role}`, () => {
    test.use({ role });

    test('does not get to see who else is here', async ({ page, db, expectError }) => {
      expectError(/status of 403/);
      const { name } = await makePerson(db);
      await page.goto('/people');
      await expect(page.getByText(name)).toHaveCount(0);
      await expect(page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'People' })).toHaveCount(0);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    });
  });
}

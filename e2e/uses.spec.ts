import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { APIRequestContext } from 'playwright/test';
import { createClient } from '#lib/clients/create';
import { createClientInput } from '#lib/clients/schema';
import type { Database } from '#lib/db';
import { seedCodes, seedPromotion, seedUser } from '#lib/testing/seed';
import type { Actor } from '#lib/users/permissions';
import { openSession } from '#lib/users/sign-in/session';
import { cookieOf, expect, test } from './support/test.ts';

/** A shop with the right `redeem`, as a function that redeems a code over HTTP. */
async function createShop(request: APIRequestContext, db: Database, user: Actor) {
  const input = createClientInput.parse({ name: `Shop ${user.id.slice(0, 8)}`, role: 'redeem' });
  const { client_id, client_secret } = await createClient(db, user, input);
  const token = await request.post('/oauth/access_token', { form: { grant_type: 'client_credentials', client_id, client_secret } });
  const { access_token } = await token.json();
  return async (code: string, more: object = {}) => {
    const data = { data: { type: 'redemption', codes: [{ code }], ...more } };
    const answer = await request.post('/v2/promotions/redemptions', { headers: { authorization: `Bearer ${access_token}` }, data });
    expect(answer.status()).toBe(201);
  };
}

test('a code redeemed over HTTP shows on its promotion, in the list, on the code and in a file, and is given back', async ({
  page,
  request,
  db,
  user,
}) => {
  test.slow();
  const promotion = await seedPromotion(db);
  const prefix = promotion.id.slice(0, 8);
  await seedCodes(db, promotion, 3, prefix);
  await page.goto(`/promotions/${promotion.id}`);
  await page.getByRole('link', { name: 'Uses', exact: true }).click();
  await expect(page.getByText('No uses recorded: your shop may count them itself')).toBeVisible();

  const redeem = await createShop(request, db, user);
  await redeem(`${prefix}-1`, { order: 'order-17', customer: 'ann' });
  await page.reload();
  await expect(page.getByRole('region', { name: 'In all' })).toContainText('1 of 3');
  await expect(page.getByRole('img', { name: /^1 use from/ })).toBeVisible();
  await page.getByText('Show as a table').click();
  await expect(page.getByRole('table', { name: 'Uses by day' }).getByRole('cell')).toHaveText('1');
  await expect(page.getByRole('table', { name: 'Uses by job' }).getByRole('cell').last()).toHaveText('1');
  const redemption = page.getByRole('table', { name: 'Redemptions' }).getByRole('row').last();
  await expect(redemption).toContainText('order-17');
  await expect(redemption).toContainText('ann');
  await expect(redemption).toContainText('Redeemed');

  await page.goto(`/promotions/${promotion.id}/codes`);
  const rows = page.getByRole('table', { name: 'Codes' }).getByRole('row');
  await expect(rows.filter({ hasText: `${prefix}-2` })).toContainText('Unused');
  await expect(page.getByText('No uses recorded')).toHaveCount(0);
  await rows
    .filter({ hasText: `${prefix}-1` })
    .getByRole('link', { name: 'Used up' })
    .click();
  await expect(page.getByRole('region', { name: 'Uses of a code' })).toContainText('0 of 1 left');

  await page.goto(`/promotions/${promotion.id}?job_type=code_export`);
  await page.getByText('last_used_at', { exact: true }).first().click();
  await page.getByText('used', { exact: true }).first().click();
  await page.getByRole('button', { name: 'Export codes' }).click();
  await expect
    .poll(() => db.promotionJob.count({ where: { promotionId: promotion.id, jobType: 'code_export', status: 'completed' } }))
    .toBe(1);
  await page.goto(`/promotions/${promotion.id}/exports`);
  await expect(page.getByText('with used and last_used_at')).toBeVisible();
  const downloading = page.waitForEvent('download');
  await page.getByRole('table', { name: 'Exports' }).getByRole('button', { name: 'Download' }).click();
  const file: Record<string, string>[] = parse(await readFile(await (await downloading).path()), { columns: true });
  expect(file.map(({ used }) => used)).toEqual(['1', '0', '0']);
  expect(file[0]?.last_used_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);

  await page.goto(`/promotions/${promotion.id}/uses?code=${prefix}-1`);
  await page.getByRole('button', { name: `Give back: ${prefix}-1, order order-17` }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Give back 1 use' }).click();
  await expect(page.getByText(`1 use of ${prefix}-1 given back.`)).toBeVisible();
  await expect(page.getByRole('region', { name: 'Uses of a code' })).toContainText('1 of 1 left');
  await expect(redemption).toContainText('Given back');
  await expect(redemption).toContainText(`by ${user.name}`);
  await expect(redemption.getByRole('button')).toHaveCount(0);
  expect(await db.promotionCode.findFirst({ where: { code: `${prefix}-1` } })).toMatchObject({ uses: 1 });
  await redeem(`${prefix}-1`);
});

test('the server gives uses back only for a user with the permission', async ({ page, request, db, address, user, expectError }) => {
  expectError(/ERR_FAILED/);
  const promotion = await seedPromotion(db);
  const code = `${promotion.id.slice(0, 8)}-1`;
  await seedCodes(db, promotion, 1, promotion.id.slice(0, 8));
  const redeem = await createShop(request, db, user);
  await redeem(code);
  await page.goto(`/promotions/${promotion.id}/uses`);
  const sending = page.waitForRequest((sent) => sent.postData()?.includes('redemption_id') ?? false);
  await page.route('**/*', (route) => (route.request().postData()?.includes('redemption_id') ? route.abort() : route.fallback()));
  await page.getByRole('button', { name: 'Give back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Give back 1 use' }).click();
  const sent = await sending;
  const { 'next-action': action = '', 'content-type': type = '' } = sent.headers();
  const usesLeftAfter = async (by: Actor) => {
    const cookie = await cookieOf(await openSession(db, by.id));
    const headers = { 'next-action': action, 'content-type': type, accept: 'text/x-component', origin: address, cookie };
    await request.post(sent.url(), { headers, data: sent.postData() ?? '' });
    return (await db.promotionCode.findFirstOrThrow({ where: { code } })).uses;
  };
  expect(await usesLeftAfter(await seedUser(db, 'viewer'))).toBe(0);
  expect(await usesLeftAfter(user)).toBe(1);
});

test.describe('as a viewer', () => {
  test.use({ role: 'viewer' });

  test('a viewer sees the redemptions of a promotion and cannot give them back', async ({ page, request, db, user }) => {
    const promotion = await seedPromotion(db);
    const prefix = promotion.id.slice(0, 8);
    await seedCodes(db, promotion, 1, prefix);
    const redeem = await createShop(request, db, user);
    await redeem(`${prefix}-1`);
    await page.goto(`/promotions/${promotion.id}/uses`);
    await expect(page.getByRole('table', { name: 'Redemptions' })).toContainText(`${prefix}-1`);
    await expect(page.getByRole('button', { name: /Give back/ })).toHaveCount(0);
  });
});

test.describe('as an administrator', () => {
  test.use({ role: 'administrator' });

  test('an administrator creates an API client that can only redeem codes', async ({ page, db, user }) => {
    const name = `Till ${user.id.slice(0, 8)}`;
    await page.goto('/clients');
    await page.getByRole('button', { name: 'Create client' }).click();
    await page.getByLabel('Name').fill(name);
    await page.getByRole('radio', { name: /^Redeem/ }).check();
    await page.getByRole('button', { name: 'Create', exact: true }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    await expect(page.getByRole('row').filter({ hasText: name })).toContainText('Redeem');
    expect(await db.client.findFirst({ where: { name } })).toMatchObject({ role: 'redeem' });
  });
});

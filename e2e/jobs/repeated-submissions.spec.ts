import type { Page } from 'playwright/test';
import { createJob } from '#lib/jobs/create';
import { jobIn } from '#lib/testing/jobs';
import { seedPromotion } from '#lib/testing/seed';
import { expect, test } from '../support/test.ts';

const already = 'This job was already created. There is no second one.';

function generate(page: Page, codes = 25) {
  return page.getByRole('button', { name: `Generate ${codes} codes` });
}

/** Lets the server handle each action whose body contains `sentText`, and drops the answer. The returned function stops this. */
async function loseAnswers(page: Page, sentText: string): Promise<() => Promise<void>> {
  const isOurs = (url: URL) => url.protocol.startsWith('http');
  await page.route(isOurs, async (route) => {
    const request = route.request();
    if (!request.headers()['next-action'] || !request.postData()?.includes(sentText)) return route.fallback();
    await route.fetch();
    await route.abort();
  });
  return () => page.unroute(isOurs);
}

async function expectNotConfirmed(page: Page): Promise<void> {
  const notice = page.getByRole('alert').filter({ hasText: 'Check before you try again' });
  await expect(notice.first()).toContainText("The server did not answer. We couldn't confirm whether this was saved");
  await expect(page.getByText('Nothing was changed')).toHaveCount(0);
}

test.describe('job form', () => {
  test('the job form creates one job for a double click and stays disabled afterwards', async ({ page, db }) => {
    const { id } = await seedPromotion(db);
    await page.goto(`/promotions/${id}`);
    await page.getByLabel('Number of codes').fill('25');
    await generate(page).dblclick();
    await expect(page.getByText('25 codes created', { exact: true })).toBeVisible();
    await expect(page.getByText('Job created.')).toBeVisible();
    await generate(page).click({ force: true });
    await expect(generate(page)).toBeDisabled();
    await expect(page.getByLabel('Number of codes')).toHaveValue('25');
    expect(await db.promotionJob.count({ where: { promotionId: id } })).toBe(1);
    expect(await db.promotionCode.count({ where: { promotionId: id } })).toBe(25);
  });

  test('the job form creates one job for Enter pressed twice, and a second job only after a reset', async ({ page, db }) => {
    const { id } = await seedPromotion(db);
    await page.goto(`/promotions/${id}`);
    const field = page.getByLabel('Number of codes');
    await field.fill('25');
    await field.press('Enter');
    await field.press('Enter');
    await expect(page.getByText('25 codes created', { exact: true })).toBeVisible();
    await field.press('Enter');
    await page.getByRole('button', { name: 'Create another job' }).click();
    await expect(field).toHaveValue('');
    await expect(field).toBeFocused();
    expect(await db.promotionJob.count({ where: { promotionId: id } })).toBe(1);
    await field.fill('25');
    await generate(page).click();
    await expect(page.getByText('25 codes created', { exact: true })).toHaveCount(2);
    expect(await db.promotionJob.count({ where: { promotionId: id } })).toBe(2);
  });

  test('the job form creates one export for a double click', async ({ page, db }) => {
    const { id } = await seedPromotion(db);
    await page.goto(`/promotions/${id}?job_type=code_export`);
    await page.getByRole('button', { name: 'Export codes' }).dblclick();
    await expect(page.getByRole('table', { name: 'Jobs' })).toContainText('Completed');
    await page.getByRole('button', { name: 'Export codes' }).click({ force: true });
    await expect(page.getByRole('button', { name: 'Export codes' })).toBeDisabled();
    expect(await db.promotionJob.count({ where: { promotionId: id } })).toBe(1);
  });

  test('the job form finds the job of a submission whose answer was lost, also after a reload', async ({ page, db, expectError }) => {
    expectError(/ERR_FAILED/);
    const { id } = await seedPromotion(db);
    await page.goto(`/promotions/${id}`);
    await page.getByLabel('Number of codes').fill('25');
    const stopLosing = await loseAnswers(page, 'number_of_codes');
    await generate(page).click();
    await expectNotConfirmed(page);
    await expect.poll(() => db.promotionJob.count({ where: { promotionId: id, status: 'completed' } })).toBe(1);
    await stopLosing();
    await page.reload();
    await page.getByLabel('Number of codes').fill('25');
    await generate(page).click();
    await expect(page.getByText(already)).toBeVisible();
    expect(await db.promotionJob.count({ where: { promotionId: id } })).toBe(1);
  });

  test('the job form finds the existing job when the same input is submitted after a reload or back and forward', async ({ page, db }) => {
    const { id, name } = await seedPromotion(db);
    await page.goto('/promotions');
    await page.getByRole('link', { name }).click();
    const backAndForward = async () => {
      await page.goBack();
      await expect(page.getByRole('heading', { level: 1, name: 'Promotions' })).toBeVisible();
      await page.goForward();
    };
    for (const navigate of [() => Promise.resolve(null), () => page.reload(), backAndForward]) {
      await navigate();
      await page.getByLabel('Number of codes').fill('25');
      await expect(generate(page)).toBeEnabled();
      await generate(page).click();
      await expect(page.getByRole('button', { name: 'Create another job' })).toBeVisible();
    }
    await expect(page.getByText(already)).toBeVisible();
    expect(await db.promotionJob.count({ where: { promotionId: id } })).toBe(1);
  });

  test('the job form reports that it is offline and does not submit by itself when the network returns', async ({
    page,
    context,
    db,
    expectError,
  }) => {
    expectError(/ERR_INTERNET_DISCONNECTED/);
    const { id } = await seedPromotion(db);
    await page.goto(`/promotions/${id}`);
    await page.getByLabel('Number of codes').fill('25');
    await context.setOffline(true);
    await expect(page.getByRole('status').filter({ hasText: "You're offline" })).toBeVisible();
    await generate(page).click();
    await expect(page.getByRole('alert').filter({ hasText: "You're offline, so nothing was sent." })).toBeVisible();
    await expect(generate(page)).toBeEnabled();
    const refreshed = page.waitForResponse((response) => response.request().method() === 'POST');
    await context.setOffline(false);
    await refreshed;
    await expect(page.getByRole('status').filter({ hasText: "You're offline" })).toHaveCount(0);
    expect(await db.promotionJob.count({ where: { promotionId: id } })).toBe(0);
    await generate(page).click();
    await expect(page.getByText('25 codes created', { exact: true })).toBeVisible();
  });
});

test('running a job again creates one job for a double click and after a lost answer', async ({ page, db, user, expectError }) => {
  expectError(/ERR_FAILED/);
  const { id } = await seedPromotion(db);
  const parameters = { number_of_codes: 300, consume_unit: 'per_cart', code_length: 8 } as const;
  const first = await createJob(db, user, id, { job_type: 'code_generate', name: 'Again', parameters });
  await jobIn(db, first.id, 'completed');
  await page.goto(`/promotions/${id}`);
  const stopLosing = await loseAnswers(page, 'job_id');
  await page.getByRole('button', { name: 'Run again: Again' }).click();
  await page.getByRole('button', { name: 'Generate 300 more codes' }).click();
  await expectNotConfirmed(page);
  await expect.poll(() => db.promotionJob.count({ where: { promotionId: id, status: 'completed' } })).toBe(2);
  await stopLosing();
  await page.getByRole('button', { name: 'Generate 300 more codes' }).dblclick();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await db.promotionJob.count({ where: { promotionId: id } })).toBe(2);
});

test('the promotion form creates one promotion for a double click and after a lost answer', async ({ page, db, user, expectError }) => {
  expectError(/ERR_FAILED/);
  const name = `Once ${user.id}`;
  const fill = async () => {
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    await page.getByRole('group', { name: 'Percentage off' }).getByRole('textbox').first().fill('10');
  };
  const create = page.getByRole('button', { name: 'Create promotion' });
  await page.goto('/promotions');
  await page.getByRole('link', { name: 'New promotion' }).click();
  await fill();
  const stopLosing = await loseAnswers(page, name);
  await create.click();
  await expectNotConfirmed(page);
  await stopLosing();
  await create.dblclick();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  expect(await db.promotion.count({ where: { name } })).toBe(1);
});

test('duplicating a promotion creates one copy for a double click and after a lost answer', async ({ page, db, expectError }) => {
  expectError(/ERR_FAILED/);
  const { id, name } = await seedPromotion(db);
  await page.goto(`/promotions/${id}`);
  const stopLosing = await loseAnswers(page, '"promotionId"');
  const duplicate = page.getByRole('menuitem', { name: 'Duplicate' });
  await page.getByRole('button', { name: 'More' }).click();
  await duplicate.click();
  await expectNotConfirmed(page);
  await stopLosing();
  await page.getByRole('button', { name: 'More' }).click();
  await duplicate.dblclick();
  await expect(page.getByRole('heading', { level: 1, name: `Copy of ${name}` })).toBeVisible();
  expect(await db.promotion.count({ where: { name: `Copy of ${name}` } })).toBe(1);
});

test.describe('as an administrator', () => {
  test.use({ role: 'administrator' });

  test('the client form creates one client after a lost answer and explains that the secret is lost', async ({
    page,
    db,
    user,
    expectError,
  }) => {
    expectError(/ERR_FAILED/);
    const name = `Once ${user.id}`;
    await page.goto('/clients');
    await page.getByRole('button', { name: 'Create client' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(name);
    const stopLosing = await loseAnswers(page, name);
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await expectNotConfirmed(page);
    await stopLosing();
    await dialog.getByRole('button', { name: 'Create', exact: true }).click();
    await expect(dialog).toContainText('The response with the secret was lost');
    const { id } = await db.client.findFirstOrThrow({ where: { name } });
    expect(await db.idempotencyKey.findFirst({ where: { actorId: user.id } })).toMatchObject({
      answer: JSON.stringify({ client_id: id }),
    });
  });

  test('adding a second client secret creates one secret for a double click', async ({ page, db, user }) => {
    const { id } = await db.client.create({
      data: {
        name: `Twice ${user.id}`,
        role: 'read',
        createdBy: user.name,
        secrets: { create: { slot: 1, sha256: Buffer.alloc(32), createdBy: '' } },
      },
    });
    await page.goto('/clients');
    await page.getByRole('button', { name: `Change Twice ${user.id}` }).click();
    await page.getByRole('menuitem', { name: 'Add a second secret' }).click();
    await page.getByRole('button', { name: 'Create the second secret' }).dblclick();
    await expect(page.getByRole('textbox', { name: 'Client secret' })).toBeVisible();
    expect(await db.clientSecret.count({ where: { clientId: id } })).toBe(2);
  });

  test('the user form creates one user after a lost answer and stores no password with the submission', async ({
    page,
    db,
    user,
    expectError,
  }) => {
    expectError(/ERR_FAILED/);
    const email = `once-${user.id}@example.com`;
    await page.goto('/users');
    await page.getByRole('button', { name: 'Add user' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Once Only');
    await dialog.getByLabel('Email').fill(email);
    const stopLosing = await loseAnswers(page, email);
    await dialog.getByRole('button', { name: 'Add user', exact: true }).click();
    await expectNotConfirmed(page);
    await stopLosing();
    await dialog.getByRole('button', { name: 'Add user', exact: true }).click();
    await expect(page.getByRole('alert').filter({ hasText: 'Once Only was already added' })).toBeVisible();
    await expect(dialog).toBeHidden();
    expect(await db.user.count({ where: { email } })).toBe(1);
    expect(await db.idempotencyKey.findFirst({ where: { actorId: user.id } })).toMatchObject({ answer: JSON.stringify({ email }) });
    expect(await page.evaluate(() => JSON.stringify(sessionStorage))).not.toContain(email);
  });
});

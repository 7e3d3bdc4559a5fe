import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Page } from 'playwright/test';
import { createClient } from '#lib/clients/create';
import { createClientInput } from '#lib/clients/schema';
import type { Database } from '#lib/db';
import { seedPromotion } from '#lib/testing/seed';
import type { Actor } from '#lib/users/permissions';
import { expect, test } from './support/test.ts';

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const run = promisify(execFile);

/** Clicks the copy button of a call and returns the text on the clipboard. */
async function copySample(page: Page, call: string, language: 'curl' | 'JavaScript'): Promise<string> {
  const button = page.getByRole('button', { name: `Copy “${call}” for ${language}` });
  await button.click();
  await expect(page.getByRole('article', { name: call, exact: true }).getByRole('button', { name: 'Copied' })).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

async function runInShell(samples: string[], variables: Record<string, string>): Promise<string> {
  const { stdout } = await run('sh', ['-ec', samples.join('\n')], { env: { ...process.env, ...variables } });
  return stdout;
}

/** Runs a program of these parts and returns the value of its variable `answer`. */
async function runInNode(...parts: string[]): Promise<unknown> {
  const program = [...parts, 'console.log(JSON.stringify(answer));'].join('\n');
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', program]);
  return JSON.parse(stdout);
}

function createDocsClient(db: Database, user: Actor) {
  return createClient(db, user, createClientInput.parse({ name: `Docs ${user.id}`, role: 'write' }));
}

test('the curl samples of the API documentation get a token, create a promotion and codes, and delete codes', async ({
  page,
  db,
  user,
}) => {
  const { client_id, client_secret } = await createDocsClient(db, user);
  await page.goto('/promotions');
  await page.getByRole('button', { name: /Your account/ }).click();
  await page.getByRole('link', { name: 'API documentation' }).click();
  await expect(page).toHaveURL('/docs/api');
  const token = await copySample(page, 'Get a token for the id and secret of a client', 'curl');
  const create = await copySample(page, 'Create a promotion', 'curl');
  const credentials = { CLIENT_ID: client_id, CLIENT_SECRET: client_secret };
  const printed = await runInShell([token, create], credentials);
  const { data: made } = JSON.parse(printed.slice(printed.indexOf('{')));
  expect(await db.promotion.findUniqueOrThrow({ where: { id: made.id } })).toMatchObject({
    name: 'Summer',
    createdBy: `Docs ${user.id}`,
  });

  const job = await copySample(page, 'Create a job', 'curl');
  await runInShell([token, job], { ...credentials, PROMOTION_ID: made.id });
  await expect.poll(() => db.promotionCode.count({ where: { promotionId: made.id } })).toBe(100);
  const { code } = await db.promotionCode.findFirstOrThrow({ where: { promotionId: made.id } });
  const remove = await copySample(page, 'Remove one code', 'curl');
  await runInShell([token, remove], { ...credentials, PROMOTION_ID: made.id, CODE: code });
  expect(await db.promotionCode.count({ where: { promotionId: made.id } })).toBe(99);
});

test('the JavaScript samples of the API documentation run, and the chosen language applies to all calls', async ({
  page,
  db,
  user,
  address,
}) => {
  const { client_id, client_secret } = await createDocsClient(db, user);
  const { id } = await seedPromotion(db);
  await page.goto('/docs/api#createJob');
  await page.getByRole('article', { name: 'Create a job' }).getByRole('tab', { name: 'curl' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: 'JavaScript', selected: true })).toHaveCount(await page.getByRole('article').count());
  const token = await copySample(page, 'Get a token for the id and secret of a client', 'JavaScript');
  const job = await copySample(page, 'Create a job', 'JavaScript');
  expect(job).toContain(`${address}/v2/promotions/`);
  // Both samples declare `response`, so each gets its own block.
  const inBlock = `const token = await (async () => { ${token}\nreturn token; })();`;
  const variables = `const [clientId, clientSecret, promotionId] = ${JSON.stringify([client_id, client_secret, id])};`;
  const answer = await runInNode(variables, inBlock, job);
  expect(answer).toMatchObject({ data: { type: 'promotion_job', promotion_id: id, name: 'Newsletter' } });
  expect(await db.promotionJob.findMany({ where: { promotionId: id } })).toMatchObject([{ name: 'Newsletter', numberOfCodes: 100 }]);
});

test.describe('signed out', () => {
  test.use({ role: null });

  test('the API documentation shows every call of the OpenAPI document and loads nothing from another site', async ({
    page,
    request,
    address,
  }) => {
    const asked = new Set<string>();
    page.on('request', (sent) => asked.add(new URL(sent.url()).origin));
    await page.goto('/docs/api');
    const { paths } = await (await request.get('/openapi.json')).json();
    const calls = Object.values<Record<string, { operationId: string; summary: string }>>(paths).flatMap(Object.values);
    await expect(page.getByRole('article')).toHaveCount(calls.length);
    for (const { operationId, summary } of calls) {
      await expect(page.locator(`#${operationId}`).getByRole('heading', { name: summary, exact: true })).toBeVisible();
    }
    const job = page.getByRole('article', { name: 'Create a job' });
    await expect(job).toContainText(`${address}/v2/promotions/$PROMOTION_ID/jobs`);
    await expect(job).toContainText('number_of_codes');
    await job.getByText(/^Errors: 400/).click();
    await expect(job.getByText('Only 1 pending or processing job is allowed per promotion.')).toBeVisible();
    await page.getByRole('navigation', { name: 'Calls' }).getByRole('link', { name: 'Cancel a job' }).click();
    await expect(page).toHaveURL(/#cancelJob$/);
    await expect(page.getByRole('article', { name: 'Cancel a job' })).toBeInViewport();
    expect([...asked].filter((origin) => origin !== 'null')).toEqual([address]);
  });
});

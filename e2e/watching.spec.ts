import type { Page } from 'playwright/test';
import type { Database } from '#lib/db';
import { createJob } from '#lib/jobs/create';
import { heldJob, jobIn } from '#lib/testing/jobs';
import { makePromotion } from '#lib/testing/seed';
import type { Prisma } from '#prisma/client';
import { expect, test } from './support/test.ts';

/** The row of a job, and the button that opens its receipt. */
function row(page: Page, job: string) {
  const receipt = page.getByRole('button', { name: `Receipt of ${job}`, exact: true });
  return page.getByRole('table', { name: 'Jobs' }).getByRole('row').filter({ has: receipt });
}

async function openReceipt(page: Page, job: string) {
  await page.getByRole('button', { name: `Receipt of ${job}`, exact: true }).click();
  return page.getByRole('row').filter({ hasText: 'Job id' });
}

/** A job of 20,000 codes, 10,000 of which are made, that stands as `data` says until the end of time. */
async function standing(db: Database, name: string, data: Prisma.PromotionJobUpdateInput): Promise<string> {
  const { id } = await makePromotion(db, { maxCodes: 50_000 });
  const jobId = await heldJob(db, id, { name, createdBy: 'colleague@example.com', generated: 10_000 });
  // No slice follows, so that the seconds left would run down: the last one seems to come in an hour.
  await db.promotionJob.update({ where: { id: jobId }, data: { updatedAt: new Date(Date.now() + 3_600_000), ...data } });
  return id;
}

test('a job that runs says how far it is and how long it still takes', async ({ page, db }) => {
  await page.goto(`/promotions/${await standing(db, 'Runs', { rate: 100 })}`);
  await expect(row(page, 'Runs')).toContainText('10,000 of 20,000 codes');
  await expect(row(page, 'Runs')).toContainText(/about 1\sh \d\smin left/);
  const bar = page.getByRole('progressbar', { name: 'Progress of Runs' });
  await expect(bar).toHaveAttribute('aria-valuetext', /^10,000 of 20,000 codes, about/);
});

test('a cancelled job says how much of its codes is removed', async ({ page, db }) => {
  await page.goto(`/promotions/${await standing(db, 'Goes', { status: 'cancelling', deleted: 4_000, rate: 100 })}`);
  await expect(row(page, 'Goes')).toContainText('4,000 of 10,000 codes removed');
  await expect(row(page, 'Goes')).toContainText('left');
});

test('a job that is about to fail says why, while its codes are removed', async ({ page, db }) => {
  await page.goto(`/promotions/${await standing(db, 'Fails', { failing: 'codes_limit_exceeded', deleted: 1_000 })}`);
  await expect(row(page, 'Fails')).toContainText('1,000 of 10,000 codes removed');
  await expect(row(page, 'Fails')).toContainText("Can't continue. Doesn't fit in this promotion.");
});

test('a pending job says its place in the line and which job ends first, on its row and in its receipt', async ({ page, db }) => {
  await standing(db, 'Export May', { rate: 100 });
  // Not in the queue, and with a sign of life that keeps the sweep from putting it there: no worker takes it up.
  const data = { status: 'pending', startedAt: null, runToken: null, generated: 0 } as const;
  await page.goto(`/promotions/${await standing(db, 'Waits', data)}`);
  const reason = /(Next|Second|Third|Fourth|Fifth|Number \d+) in line: “.+” ends in about \d/;
  await expect(row(page, 'Waits')).toContainText(reason);
  await expect(await openReceipt(page, 'Waits')).toContainText(reason);
});

test('a receipt says how often the job was taken up, and what interrupted it when', async ({ page, db }) => {
  const interruptions = [
    { what: 'stopped', run: 1, at: '2026-05-04T10:00:01.000Z', seconds: 2.5 },
    { what: 'died', run: 2, at: '2026-05-04T10:00:20.000Z', seconds: 10 },
    { what: 'database', run: 3, at: '2026-05-04T10:00:40.000Z', seconds: 7.5 },
  ];
  const over = {
    status: 'completed',
    numberOfCodes: 10_000,
    startedAt: '2026-05-04T10:00:00Z',
    finishedAt: '2026-05-04T10:01:00Z',
  } as const;
  await page.goto(`/promotions/${await standing(db, 'Held up', { ...over, attempts: 3, crashes: 1, interruptions })}`);
  const receipt = await openReceipt(page, 'Held up');
  await expect(receipt).toContainText('Attempts3');
  await expect(receipt).toContainText('the worker stopped, as it does for a restart (attempt 1); the work went on 2.5');
  await expect(receipt).toContainText('the worker died, or its machine did (attempt 2); the work went on 10');
  await expect(receipt).toContainText('the database was away or too busy (attempt 3); the work went on 7.5');
  // A minute without the 20 seconds in which nothing was done.
  await expect(receipt).toContainText('Codes a second250');
});

test('the receipt of an export names rows, bytes and checksum', async ({ page, db, person }) => {
  const { id } = await makePromotion(db);
  const { id: jobId } = await createJob(db, person, id, { job_type: 'code_export', name: 'File' });
  const { fileBytes, fileSha256 } = await jobIn(db, jobId, 'completed');
  await page.goto(`/promotions/${id}`);
  const receipt = await openReceipt(page, 'File');
  for (const fact of ['Rows0', `(${fileBytes} bytes)`, `SHA-256${fileSha256}`, 'Attempts1']) await expect(receipt).toContainText(fact);
});

test('a job that failed explains the reason that clients know', async ({ page, db, person }) => {
  const { id } = await makePromotion(db, { maxCodes: 100 });
  const codes = {
    job_type: 'code_generate',
    name: 'Full',
    parameters: { number_of_codes: 60, consume_unit: 'per_cart', code_length: 8 },
  } as const;
  await jobIn(db, (await createJob(db, person, id, { ...codes, name: 'First' })).id, 'completed');
  await jobIn(db, (await createJob(db, person, id, codes)).id, 'failed');
  await page.goto(`/promotions/${id}`);
  await expect(row(page, 'Full')).toContainText("Doesn't fit in this promotion. No codes were created.");
});

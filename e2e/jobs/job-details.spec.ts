import type { Page } from 'playwright/test';
import type { Database } from '#lib/db';
import { createJob } from '#lib/jobs/create';
import { heldJob, jobIn } from '#lib/testing/jobs';
import { seedPromotion } from '#lib/testing/seed';
import type { Prisma } from '#prisma/client';
import { expect, test } from '../support/test.ts';

/** Returns the table row of a job. */
function row(page: Page, job: string) {
  const details = page.getByRole('button', { name: `Details of ${job}`, exact: true });
  return page.getByRole('table', { name: 'Jobs' }).getByRole('row').filter({ has: details });
}

async function openDetails(page: Page, job: string) {
  await page.getByRole('button', { name: `Details of ${job}`, exact: true }).click();
  return page.getByRole('row').filter({ hasText: 'Job ID' });
}

/** Creates a job with 10,000 of 20,000 codes and the state `data`, which no worker changes. Returns the id of its promotion. */
async function createFrozenJob(db: Database, name: string, data: Prisma.PromotionJobUpdateInput): Promise<string> {
  const { id } = await seedPromotion(db, { maxCodes: 50_000 });
  const jobId = await heldJob(db, id, { name, createdBy: 'colleague@example.com', generated: 10_000 });
  // The estimate counts down from the last slice. A time in the future keeps it above zero.
  await db.promotionJob.update({ where: { id: jobId }, data: { updatedAt: new Date(Date.now() + 3_600_000), ...data } });
  return id;
}

test('a running job shows its progress and the time left', async ({ page, db }) => {
  await page.goto(`/promotions/${await createFrozenJob(db, 'Runs', { rate: 100 })}`);
  await expect(row(page, 'Runs')).toContainText('10,000 of 20,000 codes');
  await expect(row(page, 'Runs')).toContainText(/about 1\sh \d\smin left/);
  const bar = page.getByRole('progressbar', { name: 'Progress of Runs' });
  await expect(bar).toHaveAttribute('aria-valuetext', /^10,000 of 20,000 codes, about/);
});

test('a job that is being cancelled shows how many codes are removed', async ({ page, db }) => {
  await page.goto(`/promotions/${await createFrozenJob(db, 'Goes', { status: 'cancelling', deleted: 4_000, rate: 100 })}`);
  await expect(row(page, 'Goes')).toContainText('4,000 of 10,000 codes removed');
  await expect(row(page, 'Goes')).toContainText('left');
});

test('a failing job shows the reason while its codes are removed', async ({ page, db }) => {
  await page.goto(`/promotions/${await createFrozenJob(db, 'Fails', { failing: 'codes_limit_exceeded', deleted: 1_000 })}`);
  await expect(row(page, 'Fails')).toContainText('1,000 of 10,000 codes removed');
  await expect(row(page, 'Fails')).toContainText("Can't continue. Doesn't fit in this promotion.");
});

test('a pending job shows its queue position and the next job to end, in its row and its details', async ({ page, db }) => {
  await createFrozenJob(db, 'Export May', { rate: 100 });
  // The job is not in the queue, and its recent heartbeat keeps the sweep from adding it, so no worker claims it.
  const data = { status: 'pending', startedAt: null, runToken: null, generated: 0 } as const;
  await page.goto(`/promotions/${await createFrozenJob(db, 'Waits', data)}`);
  const reason = /(Next|Position \d+) in the queue: “.+” ends in about \d/;
  await expect(row(page, 'Waits')).toContainText(reason);
  await expect(await openDetails(page, 'Waits')).toContainText(reason);
});

test('the details of a job show its attempts and interruptions', async ({ page, db }) => {
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
  await page.goto(`/promotions/${await createFrozenJob(db, 'Held up', { ...over, attempts: 3, crashes: 1, interruptions })}`);
  const details = await openDetails(page, 'Held up');
  await expect(details).toContainText('Attempts3');
  await expect(details).toContainText('the worker was stopped, for example for a restart (attempt 1); the job continued 2.5');
  await expect(details).toContainText('the worker or its machine crashed (attempt 2); the job continued 10');
  await expect(details).toContainText('the database was unavailable or too busy (attempt 3); the job continued 7.5');
  // 10,000 codes in one minute minus 20 seconds of interruptions.
  await expect(details).toContainText('Codes per second250');
});

test('the details of an export show rows, bytes and checksum', async ({ page, db, user }) => {
  const { id } = await seedPromotion(db);
  const { id: jobId } = await createJob(db, user, id, { job_type: 'code_export', name: 'File' });
  const { fileBytes, fileSha256 } = await jobIn(db, jobId, 'completed');
  await page.goto(`/promotions/${id}`);
  const details = await openDetails(page, 'File');
  for (const fact of ['Rows0', `(${fileBytes} bytes)`, `SHA-256${fileSha256}`, 'Attempts1']) await expect(details).toContainText(fact);
});

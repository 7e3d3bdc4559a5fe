import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { PromotionJob } from '#prisma/client';
import { expect, test } from '../support/test.ts';

test.use({ role: 'administrator' });

test('an administrator creates a promotion, generates codes and downloads a file with every code of the database', async ({
  page,
  db,
  user,
}) => {
  const name = `Newsletter of ${user.name}`;

  await test.step('create a promotion', async () => {
    await page.goto('/promotions');
    await page.getByRole('link', { name: 'New promotion' }).click();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name);
    await page.getByRole('group', { name: 'Percentage off' }).getByRole('textbox').first().fill('10');
    await page.getByRole('button', { name: 'Create promotion' }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  });
  const promotion = await db.promotion.findFirstOrThrow({ where: { name } });
  expect(promotion).toMatchObject({ maxCodes: 1000, automatic: false, createdBy: user.name });

  await test.step('raise the maximum number of codes', async () => {
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Set maximum number of codes' }).click();
    const dialog = page.getByRole('dialog', { name: 'Maximum number of codes' });
    await dialog.getByLabel('Maximum number of codes').fill('5000');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect(dialog).toBeHidden();
    await expect(page.getByText('Up to 5,000 more fit in this promotion')).toBeVisible();
  });

  const row = (job: string) => page.getByRole('table', { name: 'Jobs' }).getByRole('row').filter({ hasText: job });

  await test.step('generate 2,000 codes and watch the progress', async () => {
    await page.getByLabel('Number of codes').fill('2000');
    await page.getByLabel('Prefix').fill('May-');
    await page.getByLabel('Maximum uses').fill('3');
    await page.getByLabel('Job name').fill('Codes for May');
    await page.getByRole('button', { name: 'Generate 2,000 codes' }).click();
    await expect(row('Codes for May')).toContainText('Completed');
    await expect(row('Codes for May')).toContainText('2,000 codes created');
    await expect(page.getByRole('alert').filter({ hasText: '“Codes for May” completed' })).toBeVisible();
    await expect(page.getByText('Up to 3,000 more fit in this promotion')).toBeVisible();
  });
  expect(await db.promotion.findUniqueOrThrow({ where: { id: promotion.id } })).toMatchObject({ maxCodes: 5000, codeCount: 2000 });

  await test.step('export the codes', async () => {
    await page.getByRole('radiogroup', { name: 'Job type' }).getByText('Export codes').click();
    await page.getByLabel('Job name').fill('File for May');
    await page.getByRole('button', { name: 'Export codes' }).click();
    await expect(row('File for May')).toContainText('2,000 rows');
  });

  await test.step('download the file', async () => {
    const downloading = page.waitForEvent('download');
    // The notification of the job has a download button too.
    await row('File for May').getByRole('button', { name: 'Download File for May' }).click();
    const download = await downloading;
    expect(download.suggestedFilename()).toMatch(/\.csv$/);
    const file = await readFile(await download.path());
    const job = await db.promotionJob.findFirstOrThrow({ where: { promotionId: promotion.id, jobType: 'code_export' } });
    expectFileOf(file, job);
    const codes = await db.promotionCode.findMany({ where: { promotionId: promotion.id }, orderBy: { id: 'asc' } });
    const rows: unknown = parse(file, { columns: true, bom: true });
    expect(rows).toEqual(
      codes.map((code) => ({
        code: code.code,
        consume_unit: 'per_cart',
        max_uses: '3',
        uses: '3',
        user: '',
        job: 'Codes for May',
        created_by: user.name,
        created_at: `${code.createdAt.toISOString().replace('T', ' ').slice(0, 19)}Z`,
      })),
    );
    for (const { code } of codes) expect(code).toMatch(/^May-[2-9bcdfghjkmnpqrstvwxyz]{4}-[2-9bcdfghjkmnpqrstvwxyz]{4}$/);
  });
});

/** Expects the size and checksum that the job row has. */
function expectFileOf(file: Buffer, job: PromotionJob): void {
  expect(job).toMatchObject({
    ...{ status: 'completed', fileRows: 2000, fileBytes: BigInt(file.length) },
    fileSha256: createHash('sha256').update(file).digest('hex'),
  });
}

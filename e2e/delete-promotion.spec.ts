import { promotionLimits } from '#lib/promotions/schema';
import { seedDeletion } from '#lib/testing/deletion';
import { jobIn } from '#lib/testing/jobs';
import { seedCodes, seedPromotion } from '#lib/testing/seed';
import { expect, test } from './support/test.ts';

const { codesDeletedAtOnce } = promotionLimits;

test('a promotion with more than 10,000 codes is deleted by a job that the dashboard shows', async ({ page, db }) => {
  // The job waits for the large jobs of other tests.
  test.slow();
  const promotion = await seedPromotion(db, { maxCodes: 100_000 });
  await seedCodes(db, promotion, codesDeletedAtOnce + 1, promotion.id);
  await page.goto(`/promotions/${promotion.id}`);
  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('A job deletes this many codes');
  await dialog.getByRole('button', { name: 'Delete with 10,001 codes' }).click();
  await expect(page).toHaveURL(/\/jobs\?job_type=promotion_delete&job=/);
  const { id } = await db.promotionJob.findFirstOrThrow({ where: { promotionId: promotion.id, jobType: 'promotion_delete' } });
  await jobIn(db, id, 'completed', 60_000);
  const row = page.getByRole('row').filter({ hasText: promotion.name });
  await expect(row.filter({ hasText: '10,001 codes removed' })).toContainText('Delete promotion');
  await expect(row.getByRole('button', { name: /^(Cancel|Run again)/ })).toHaveCount(0);

  await page.goto(`/promotions/${promotion.id}`);
  await expect(page, 'the address of the promotion leads to the job').toHaveURL(new RegExp(`job=${id}`));
  await page.goto(`/promotions?search=${encodeURIComponent(promotion.name)}`);
  await expect(page.getByRole('rowheader')).toHaveCount(0);
});

test('a deletion that met an error shows the reason, when it is tried again, and that it cannot be cancelled', async ({
  page,
  db,
  user,
}) => {
  test.slow();
  const { promotionId, name, jobId } = await seedDeletion(db, user);
  // As if a run had met a full folder, and the next one were due tomorrow.
  await jobIn(db, jobId, 'completed', 60_000);
  const held = await seedPromotion(db, { name: `Kept ${promotionId.slice(0, 8)}` });
  const deletion = await db.promotionJob.create({
    data: {
      promotionId: held.id,
      promotionName: held.name,
      jobType: 'promotion_delete',
      status: 'processing',
      large: true,
      createdBy: user.name,
      attempts: 1,
      retries: 5,
      retryError: 'storage_read_only',
      total: 2_000_000,
      deleted: 1_250_000,
      startedAt: new Date(),
      retryAt: new Date(Date.now() + 86_400_000),
    },
  });
  await db.promotion.update({ where: { id: held.id }, data: { deletingAt: new Date() } });
  await page.goto(`/promotions/${held.id}/codes`);
  await expect(page).toHaveURL(new RegExp(`job=${deletion.id}`));
  const row = page.getByRole('row').filter({ hasText: held.name });
  await expect(row.first()).toContainText('The export folder is read-only. Make it writable. Retrying in');
  await expect(row.first()).toContainText('1,250,000 of 2,000,000 codes');
  await expect(page.getByText("A deletion can't be cancelled.").first()).toBeVisible();
  await expect(row.getByRole('button', { name: /^Cancel/ })).toHaveCount(0);
  await expect(page.getByText(name).first()).toBeVisible();
});

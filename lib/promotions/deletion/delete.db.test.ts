import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { config } from '#lib/config';
import { cancelJob } from '#lib/jobs/cancel';
import { createJob } from '#lib/jobs/create';
import { deletePromotion } from '#lib/promotions/deletion/delete';
import { promotionLimits } from '#lib/promotions/schema';
import { actor, db } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';

const leftOf = async (promotionId: string) => ({
  promotions: await db.promotion.count({ where: { id: promotionId } }),
  codes: await db.promotionCode.count({ where: { promotionId } }),
  jobs: await db.promotionJob.count({ where: { promotionId } }),
});
const nothing = { promotions: 0, codes: 0, jobs: 0 };

describe('deletePromotion', () => {
  test('deletePromotion deletes its codes and jobs, and returns the number of codes', async () => {
    const promotion = await seedPromotion(db);
    await seedCodes(db, promotion, 412, promotion.id);
    const deleted = await deletePromotion(db, actor, { promotionId: promotion.id, code_count: 412 });
    expect(deleted).toEqual({ name: promotion.name, codes: 412, job_id: null, files_left: 0 });
    expect(await leftOf(promotion.id)).toEqual(nothing);
  });

  test('deletePromotion succeeds and counts the files that it leaves for the sweep', async () => {
    const { id: promotionId } = await seedPromotion(db);
    const { id } = await createJob(db, actor, promotionId, { job_type: 'code_export' });
    const fileKey = `${id}.${id}.csv`;
    await mkdir(join(config().storageDir, fileKey), { recursive: true });
    await db.promotionJob.update({
      where: { id },
      data: { status: 'completed', finishedAt: new Date(), fileKey, fileRows: 0, fileBytes: 0, fileSha256: '0'.repeat(64) },
    });
    expect(await deletePromotion(db, actor, { promotionId })).toMatchObject({ files_left: 1 });
    expect(await leftOf(promotionId)).toEqual(nothing);
  });

  test('deletePromotion deletes up to 10,000 codes at once, and above that starts a job and hides the promotion', async () => {
    const [atOnce, byJob] = [await seedPromotion(db, { maxCodes: 20_000 }), await seedPromotion(db, { maxCodes: 20_000 })];
    const { codesDeletedAtOnce } = promotionLimits;
    await seedCodes(db, atOnce, codesDeletedAtOnce, atOnce.id);
    await seedCodes(db, byJob, codesDeletedAtOnce + 1, byJob.id);
    expect(await deletePromotion(db, actor, { promotionId: atOnce.id })).toMatchObject({ job_id: null, codes: codesDeletedAtOnce });
    expect(await leftOf(atOnce.id)).toEqual(nothing);
    const { job_id } = await deletePromotion(db, actor, { promotionId: byJob.id });
    expect(await db.promotionJob.findUnique({ where: { id: job_id ?? '' } })).toMatchObject({
      jobType: 'promotion_delete',
      status: 'pending',
      promotionName: byJob.name,
      total: codesDeletedAtOnce + 1,
      large: true,
    });
    await expect(deletePromotion(db, actor, { promotionId: byJob.id })).rejects.toMatchObject({ status: 404 });
  });

  test('deletePromotion rejects a number of codes that has changed', async () => {
    const promotion = await seedPromotion(db);
    await seedCodes(db, promotion, 2, promotion.id);
    await expect(deletePromotion(db, actor, { promotionId: promotion.id, code_count: 0 })).rejects.toMatchObject({ status: 409 });
    expect(await leftOf(promotion.id)).toEqual({ promotions: 1, codes: 2, jobs: 1 });
  });

  test.each(['pending', 'processing', 'cancelling'] as const)('deletePromotion is rejected while a job is %s', async (status) => {
    const { id: promotionId } = await seedPromotion(db);
    const { id } = await createJob(db, actor, promotionId, { job_type: 'code_export' });
    await db.promotionJob.update({ where: { id }, data: { status } });
    await expect(deletePromotion(db, actor, { promotionId })).rejects.toMatchObject({ status: 422 });
    expect(await leftOf(promotionId)).toMatchObject({ promotions: 1, jobs: 1 });
  });

  test('deletePromotion succeeds once after the job is cancelled', async () => {
    const { id: promotionId } = await seedPromotion(db);
    const { id: jobId } = await createJob(db, actor, promotionId, { job_type: 'code_export' });
    await cancelJob(db, actor, { promotionId, jobId });
    await deletePromotion(db, actor, { promotionId });
    await expect(deletePromotion(db, actor, { promotionId })).rejects.toMatchObject({ status: 404 });
  });

  test('deletePromotion and createJob at the same time leave either a promotion with a job or nothing', async () => {
    for (let round = 0; round < 20; round++) {
      const { id: promotionId } = await seedPromotion(db);
      const [deleted, made] = await Promise.allSettled([
        deletePromotion(db, actor, { promotionId }),
        createJob(db, actor, promotionId, { job_type: 'code_export' }),
      ]);
      expect([deleted.status, made.status].sort()).toEqual(['fulfilled', 'rejected']);
      if (made.status === 'rejected') expect(made.reason).toMatchObject({ status: 404 });
      expect(await leftOf(promotionId)).toEqual(deleted.status === 'fulfilled' ? nothing : { promotions: 1, codes: 0, jobs: 1 });
    }
  });
});

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { cancelJob } from '#lib/jobs/cancel';
import { createJob } from '#lib/jobs/create';
import { actor, db } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';

async function pendingJob(): Promise<{ promotionId: string; jobId: string }> {
  const { id: promotionId } = await seedPromotion(db);
  const { id: jobId } = await createJob(db, actor, promotionId, {
    job_type: 'code_generate',
    parameters: { number_of_codes: 10, consume_unit: 'per_cart', code_length: 8 },
  });
  return { promotionId, jobId };
}

const notCancellable = { status: 422, problems: [{ detail: 'Only pending or processing jobs can be cancelled' }] };

describe('cancelJob', () => {
  test('cancelJob cancels a pending job at once without a rollback', async () => {
    const { promotionId, jobId } = await pendingJob();
    await cancelJob(db, actor, { promotionId, jobId });
    expect(await db.promotionJob.findUnique({ where: { id: jobId } })).toMatchObject({
      status: 'cancelled',
      deleted: 0,
      finishedAt: expect.any(Date),
    });
  });

  test('cancelJob sets a processing job to cancelling and rejects a second cancel', async () => {
    const { promotionId, jobId } = await pendingJob();
    await db.promotionJob.update({ where: { id: jobId }, data: { status: 'processing' } });
    await cancelJob(db, actor, { promotionId, jobId });
    expect(await db.promotionJob.findUnique({ where: { id: jobId } })).toMatchObject({ status: 'cancelling', finishedAt: null });
    await expect(cancelJob(db, actor, { promotionId, jobId })).rejects.toMatchObject(notCancellable);
  });

  test('cancelJob rejects a job that is already cancelled', async () => {
    const job = await pendingJob();
    await cancelJob(db, actor, job);
    await expect(cancelJob(db, actor, job)).rejects.toMatchObject(notCancellable);
  });

  test('cancelJob rejects a completed job', async () => {
    const { id: promotionId } = await seedPromotion(db);
    const jobId = await seedCodes(db, { id: promotionId }, 1, randomUUID());
    await expect(cancelJob(db, actor, { promotionId, jobId })).rejects.toMatchObject(notCancellable);
  });

  test("cancelJob does not find another promotion's job and leaves it running", async () => {
    const { jobId } = await pendingJob();
    const { promotionId } = await pendingJob();
    await expect(cancelJob(db, actor, { promotionId, jobId })).rejects.toMatchObject({ status: 404 });
    expect(await db.promotionJob.findUnique({ where: { id: jobId } })).toMatchObject({ status: 'pending' });
  });
});

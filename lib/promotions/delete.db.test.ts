import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createJob } from '#lib/jobs/create';
import { deletePromotion } from '#lib/promotions/delete';
import { actor, dataDir, db } from '#lib/testing/database';
import { jobIn } from '#lib/testing/jobs';
import { makeCodes, makePromotion } from '#lib/testing/seed';
import { startWorker } from '#lib/testing/worker';

test('a deleted promotion takes its codes, its jobs and the files of its exports with it', async () => {
  await using _worker = startWorker();
  const promotion = await makePromotion(db);
  await makeCodes(db, promotion, 12, 'gone');
  const { id } = await createJob(db, actor, promotion.id, { job_type: 'code_export' });
  await jobIn(db, id, 'completed');
  expect(await deletePromotion(db, actor, { promotionId: promotion.id, code_count: 12 })).toEqual({ name: promotion.name, codes: 12 });
  expect(await db.promotionCode.count({ where: { promotionId: promotion.id } })).toBe(0);
  expect(await db.promotionJob.count({ where: { promotionId: promotion.id } })).toBe(0);
  expect(await readdir(join(dataDir, 'exports'))).toEqual([]);
});

test('a promotion with an active job is not deleted, nor one that changed since it was looked at', async () => {
  const promotion = await makePromotion(db);
  await makeCodes(db, promotion, 3, 'kept');
  await expect(deletePromotion(db, actor, { promotionId: promotion.id, code_count: 2 })).rejects.toMatchObject({ code: 'conflict' });
  await createJob(db, actor, promotion.id, { job_type: 'code_export' });
  await expect(deletePromotion(db, actor, { promotionId: promotion.id })).rejects.toMatchObject({ code: 'unprocessable' });
  expect(await db.promotionCode.count({ where: { promotionId: promotion.id } })).toBe(3);
});

test('a promotion nobody knows cannot be deleted', async () => {
  await expect(deletePromotion(db, actor, { promotionId: crypto.randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
});

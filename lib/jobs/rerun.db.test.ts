import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { cancelJob } from '#lib/jobs/cancel';
import { createJob } from '#lib/jobs/create';
import { rerunJob } from '#lib/jobs/rerun';
import type { CreateJobInput } from '#lib/jobs/schema';
import { actor, administrator, db } from '#lib/testing/database';
import { seedPromotion } from '#lib/testing/seed';

const requests: CreateJobInput[] = [
  { job_type: 'code_export', name: 'For the printer' },
  { job_type: 'code_generate', parameters: { number_of_codes: 7, consume_unit: 'per_cart', code_length: 8 } },
  {
    job_type: 'code_generate',
    name: 'May',
    parameters: { number_of_codes: 10, consume_unit: 'per_item', max_uses_per_code: 0, code_length: 12, code_prefix: 'May-' },
  },
];

async function cancelledJob(input: CreateJobInput) {
  const { id: promotion_id } = await seedPromotion(db);
  const { id: job_id } = await createJob(db, actor, promotion_id, input);
  await cancelJob(db, actor, { promotionId: promotion_id, jobId: job_id });
  return { promotion_id, job_id };
}

test.each(requests)('rerunJob creates a job with the settings of the earlier one and the current actor: %j', async (input) => {
  const earlier = await cancelledJob(input);
  const { id } = await rerunJob(db, administrator, earlier);
  expect(id).not.toBe(earlier.job_id);
  const settings = {
    jobType: true,
    name: true,
    numberOfCodes: true,
    consumeUnit: true,
    maxUsesPerCode: true,
    codeLength: true,
    codePrefix: true,
  };
  const before = await db.promotionJob.findUniqueOrThrow({ where: { id: earlier.job_id }, select: settings });
  const after = await db.promotionJob.findUniqueOrThrow({ where: { id } });
  expect(after).toMatchObject({
    ...before,
    promotionId: earlier.promotion_id,
    status: 'pending',
    createdBy: administrator.name,
    generated: 0,
  });
});

test('rerunJob rejects a job while the promotion has an active one', async () => {
  const earlier = await cancelledJob({ job_type: 'code_export' });
  await rerunJob(db, actor, earlier);
  await expect(rerunJob(db, actor, earlier)).rejects.toMatchObject({ code: 'too_many_jobs' });
});

test('rerunJob does not find a job of another promotion or an unknown job', async () => {
  const { job_id } = await cancelledJob({ job_type: 'code_export' });
  const { id: promotion_id } = await seedPromotion(db);
  await expect(rerunJob(db, actor, { promotion_id, job_id })).rejects.toMatchObject({ code: 'not_found' });
  await expect(rerunJob(db, actor, { promotion_id, job_id: randomUUID() })).rejects.toMatchObject({ code: 'not_found' });
});

test('rerunJob rejects settings that are no longer allowed', async () => {
  const earlier = await cancelledJob({
    job_type: 'code_generate',
    parameters: { number_of_codes: 900, consume_unit: 'per_cart', code_length: 8 },
  });
  await db.promotion.update({ where: { id: earlier.promotion_id }, data: { maxCodes: 500 } });
  await expect(rerunJob(db, actor, earlier)).rejects.toMatchObject({ code: 'too_many_codes' });
});

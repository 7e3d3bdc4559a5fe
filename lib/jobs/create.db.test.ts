import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createJob } from '#lib/jobs/create';
import type { CreateJobInput } from '#lib/jobs/schema';
import { actor, db, pool } from '#lib/testing/database';
import { seedPromotion } from '#lib/testing/seed';

const day = 86_400_000;

function generate(number_of_codes: number): CreateJobInput {
  return { job_type: 'code_generate', parameters: { number_of_codes, consume_unit: 'per_cart', code_length: 8 } };
}

async function countEntries(jobId: string): Promise<number> {
  const { rows } = await pool.query(`select from pgboss.job where data ->> 'jobId' = $1`, [jobId]);
  return rows.length;
}

describe('createJob', () => {
  test('createJob stores the requested settings and the creator, and adds a queue entry', async () => {
    const { id: promotionId } = await seedPromotion(db);
    const { id } = await createJob(db, actor, promotionId, {
      job_type: 'code_generate',
      name: 'May',
      parameters: { number_of_codes: 1000, consume_unit: 'per_item', max_uses_per_code: 0, code_length: 10, code_prefix: 'May-' },
    });
    expect(await db.promotionJob.findUnique({ where: { id } })).toMatchObject({
      promotionId,
      jobType: 'code_generate',
      status: 'pending',
      name: 'May',
      createdBy: actor.name,
      numberOfCodes: 1000,
      consumeUnit: 'per_item',
      maxUsesPerCode: 0,
      codeLength: 10,
      codePrefix: 'May-',
      generated: 0,
    });
    expect(await countEntries(id)).toBe(1);
  });

  test('createJob creates an export of an automatic promotion without a name', async () => {
    const { id: promotionId } = await seedPromotion(db, { automatic: true });
    const { id } = await createJob(db, actor, promotionId, { job_type: 'code_export' });
    expect(await db.promotionJob.findUnique({ where: { id } })).toMatchObject({ jobType: 'code_export', name: null, numberOfCodes: null });
  });

  test('createJob called fifty times at once for one promotion creates and queues one job', async () => {
    const { id: promotionId } = await seedPromotion(db);
    const { rows: before } = await pool.query('select from pgboss.job');
    const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => createJob(db, actor, promotionId, generate(1))));
    const rejections = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(rejections).toHaveLength(49);
    for (const rejection of rejections) {
      expect(rejection).toMatchObject({
        status: 400,
        title: 'Too many jobs',
        problems: [{ detail: 'Only 1 pending or processing job is allowed per promotion.' }],
      });
    }
    const { rows: after } = await pool.query('select from pgboss.job');
    expect(after.length - before.length).toBe(1);
  });

  test('createJob accepts a job while other promotions have active jobs', async () => {
    const [one, two] = await Promise.all([seedPromotion(db), seedPromotion(db)]);
    await createJob(db, actor, one.id, generate(1));
    await expect(createJob(db, actor, two.id, generate(1))).resolves.toBeDefined();
  });
});

describe('a rejected createJob', () => {
  async function rejection(promotionId: string, input: CreateJobInput): Promise<unknown> {
    const error = await createJob(db, actor, promotionId, input).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(await db.promotionJob.count({ where: { promotionId } })).toBe(0);
    return error;
  }

  test('createJob writes nothing for an unknown promotion and rejects it', async () => {
    expect(await rejection(randomUUID(), generate(1))).toMatchObject({ status: 404, problems: [{ detail: 'promotion not found' }] });
  });

  test('createJob writes nothing for an automatic promotion and rejects it', async () => {
    const { id } = await seedPromotion(db, { automatic: true });
    const problems = [{ detail: 'Cannot add codes to an automatic promotion' }];
    expect(await rejection(id, generate(1))).toMatchObject({ status: 422, title: 'No codes allowed', problems });
  });

  test.each([1000, 5000])('createJob writes nothing and rejects more codes than the maximum of %i', async (maxCodes) => {
    const { id } = await seedPromotion(db, { maxCodes });
    expect(await rejection(id, generate(maxCodes + 1))).toMatchObject({
      status: 400,
      title: 'Too many promotion codes',
      problems: [{ detail: `Only ${maxCodes} promotion codes are allowed per promotion`, source: 'parameters.number_of_codes' }],
    });
  });

  test('createJob rejects more than 1000 codes for a promotion longer than a year and names the latest allowed end', async () => {
    const start = new Date('2026-01-01T00:00:00Z');
    const { id } = await seedPromotion(db, { maxCodes: 5000, start, end: new Date(start.getTime() + 365 * day + 1) });
    expect(await rejection(id, generate(1001))).toMatchObject({
      status: 422,
      problems: [{ detail: expect.stringContaining('2027-01-01'), source: 'parameters.number_of_codes' }],
    });
    await expect(createJob(db, actor, id, generate(1000))).resolves.toBeDefined();
  });
});

import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { seedClient } from '#lib/testing/api';
import { db } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';
import type { Promotion } from '#prisma/client';

const { call, name } = await seedClient(db);
let promotion: Promotion;

beforeEach(async () => {
  promotion = await seedPromotion(db);
});

const jobsPath = (of: { id: string } = promotion) => `/v2/promotions/${of.id}/jobs`;

const post = (path: string, body?: unknown, headers?: Record<string, string>) => call(path, { method: 'POST', body, headers });
const generate = (parameters: object = { number_of_codes: 10 }) => ({
  data: { type: 'promotion_job', job_type: 'code_generate', parameters },
});
const exportJob = { data: { type: 'promotion_job', job_type: 'code_export' } };

describe('POST /v2/promotions/:id/jobs', () => {
  test('POST /jobs answers 201 with the pending job', async () => {
    const parameters = { number_of_codes: 100, consume_unit: 'per_cart', max_uses_per_code: 1, code_length: 8, code_prefix: 'promo-' };
    const { status, body } = await post(jobsPath(), { data: { ...generate(parameters).data, name: 'job' } });
    expect(status).toBe(201);
    expect(body).toEqual({
      data: {
        type: 'promotion_job',
        id: expect.any(String),
        promotion_id: promotion.id,
        job_type: 'code_generate',
        name: 'job',
        parameters,
        status: 'pending',
        meta: { timestamps: { created_at: expect.any(String), updated_at: expect.any(String) }, progress: { generated: 0 } },
      },
    });
    expect(await db.promotionJob.findUnique({ where: { id: body.data.id } })).toMatchObject({ createdBy: name });
  });

  test('POST /jobs accepts fields at the top level of the body', async () => {
    const { status, body } = await post(jobsPath(), exportJob.data);
    expect(status).toBe(201);
    expect(body.data).toMatchObject({ job_type: 'code_export', status: 'pending' });
    expect(body.data).not.toHaveProperty('parameters');
    expect(body.data).not.toHaveProperty('name');
  });

  test('POST /jobs ignores unknown fields', async () => {
    const unknownFields = JSON.parse(`{"id":"${randomUUID()}","status":"completed","generated":5,"__proto__":{"status":"failed"}}`);
    const { body } = await post(jobsPath(), { data: { ...generate().data, ...unknownFields } });
    expect(body.data).toMatchObject({ status: 'pending' });
    expect(body.data.id).not.toBe(unknownFields.id);
  });

  test.each([0, -1, 1.5, '100', true, null, undefined])('POST /jobs answers 400 for the number_of_codes %j', async (number_of_codes) => {
    const { status, body } = await post(jobsPath(), generate({ number_of_codes }));
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      { status: '400', title: 'Validation failed', detail: expect.any(String), source: 'data.parameters.number_of_codes' },
    ]);
  });

  test('POST /jobs answers 400 for a number_of_codes beyond the range of numbers', async () => {
    const raw = '{"data":{"job_type":"code_generate","parameters":{"number_of_codes":1e400}}}';
    const { status, body } = await call(jobsPath(), { method: 'POST', raw, headers: { 'content-type': 'application/json' } });
    expect([status, body.errors[0].source]).toEqual([400, 'data.parameters.number_of_codes']);
  });

  test('POST /jobs names all invalid fields', async () => {
    const { body } = await post(jobsPath(), { data: { ...generate({ number_of_codes: 0, code_length: 7 }).data, name: 'x'.repeat(51) } });
    expect(body.errors.map(({ source }: { source: string }) => source).sort()).toEqual([
      'data.name',
      'data.parameters.code_length',
      'data.parameters.number_of_codes',
    ]);
  });

  test('POST /jobs answers 400 with the maximum of the promotion for more codes', async () => {
    const detail = 'Only 1000 promotion codes are allowed per promotion';
    const errors = [{ status: '400', title: 'Too many promotion codes', detail, source: 'data.parameters.number_of_codes' }];
    for (const number_of_codes of [1001, 1_000_000_000, Number.MAX_SAFE_INTEGER]) {
      const { status, body } = await post(jobsPath(), generate({ number_of_codes }));
      expect([status, body.errors]).toEqual([400, errors]);
    }
  });

  test('fifty concurrent POST /jobs for one promotion create one job', async () => {
    const responses = await Promise.all(Array.from({ length: 50 }, () => post(jobsPath(), generate())));
    expect(responses.filter(({ status }) => status === 201)).toHaveLength(1);
    const detail = 'Only 1 pending or processing job is allowed per promotion.';
    for (const { status, body } of responses.filter((response) => response.status !== 201))
      expect([status, body.errors]).toEqual([400, [{ status: '400', title: 'Too many jobs', detail }]]);
  });

  test('POST /jobs names the active job in meta.job_id', async () => {
    const { body } = await post(jobsPath(), { data: { job_type: 'code_remove', parameters: { unused: true } } });
    expect(body.data).toMatchObject({
      job_type: 'code_remove',
      status: 'pending',
      meta: { removal: { filter: { unused: true }, deleted: 0 } },
    });
    const rejected = await post(jobsPath(), generate());
    expect([rejected.status, rejected.body.meta.job_id]).toEqual([400, body.data.id]);
    expect((await call(`${jobsPath()}/${body.data.id}`)).body.data).toEqual(body.data);
  });

  test('POST /jobs answers 422 for an automatic promotion', async () => {
    const automatic = await seedPromotion(db, { automatic: true });
    const { status, body } = await post(jobsPath(automatic), generate());
    const detail = 'Cannot add codes to an automatic promotion';
    expect([status, body.errors]).toEqual([422, [{ status: '422', title: 'No codes allowed', detail }]]);
  });

  test('POST /jobs answers 422 with the latest allowed end for more than 1000 codes and more than a year', async () => {
    const start = new Date('2026-01-01T00:00:00Z');
    const long = await seedPromotion(db, { maxCodes: 5000, start, end: new Date('2027-06-01T00:00:00Z') });
    const { status, body } = await post(jobsPath(long), generate({ number_of_codes: 1001 }));
    expect(status).toBe(422);
    expect(body.errors[0]).toMatchObject({ title: 'Unprocessable Entity', detail: expect.stringContaining('2027-01-01') });
  });

  test.each(['7b0e29e6-9c5d-4a0b-8c0e-1f2b3c4d5e6f', 'x', '..%2f', '%00'])('POST /jobs answers 404 for the promotion %s', async (id) => {
    const { status, body } = await post(`/v2/promotions/${id}/jobs`, generate());
    expect([status, body.errors]).toEqual([404, [{ status: '404', title: 'Not Found', detail: 'promotion not found' }]]);
  });
});

describe('a job of a promotion', () => {
  test('GET /jobs/:jobId answers 404 for a job of another promotion', async () => {
    const { body } = await post(jobsPath(), generate());
    expect(await call(`${jobsPath()}/${body.data.id}`)).toMatchObject({ status: 200, body });
    const other = await seedPromotion(db);
    const missing = [404, 'job not found'];
    const ofOther = await call(`${jobsPath(other)}/${body.data.id}`);
    const unknown = await call(`${jobsPath()}/${randomUUID()}`);
    const invalid = await call(`${jobsPath()}/x`);
    for (const response of [ofOther, unknown, invalid]) expect([response.status, response.body.errors[0].detail]).toEqual(missing);
    const unknownPromotion = await call(`${jobsPath({ id: randomUUID() })}/${body.data.id}`);
    expect(unknownPromotion.body.errors[0].detail).toBe('promotion not found');
  });

  test('POST /cancel cancels a pending job and answers 422 the second time', async () => {
    const { body } = await post(jobsPath(), generate());
    const cancel = `${jobsPath()}/${body.data.id}/cancel`;
    expect(await call(`${jobsPath(await seedPromotion(db))}/${body.data.id}/cancel`, { method: 'POST' })).toMatchObject({ status: 404 });
    const first = await call(cancel, { method: 'POST' });
    expect([first.status, first.body.data.status, first.body.data.result]).toEqual([200, 'cancelled', { generated: 0, deleted: 0 }]);
    const second = await post(cancel, {});
    const detail = 'Only pending or processing jobs can be cancelled';
    expect([second.status, second.body.errors]).toEqual([422, [{ status: '422', title: 'Unprocessable Entity', detail }]]);
  });

  test('POST /cancel sets a processing job to cancelling', async () => {
    const { body } = await post(jobsPath(), generate());
    await db.promotionJob.update({ where: { id: body.data.id }, data: { status: 'processing' } });
    const { status, body: cancelled } = await post(`${jobsPath()}/${body.data.id}/cancel`, {});
    expect([status, cancelled.data.status]).toEqual([200, 'cancelling']);
    expect(cancelled.data).not.toHaveProperty('result');
  });

  test('GET /file answers 422 with the status of a job without a file', async () => {
    const { body } = await post(jobsPath(), exportJob);
    await db.promotionJob.update({ where: { id: body.data.id }, data: { status: 'processing' } });
    const { status, body: rejected } = await call(`${jobsPath()}/${body.data.id}/file`);
    const detail = 'Job has no file to download. Job status: processing';
    expect([status, rejected.errors]).toEqual([422, [{ status: '422', title: 'Unprocessable Entity', detail }]]);
  });

  test('GET /file answers 422 for a completed code_generate job', async () => {
    const id = await seedCodes(db, promotion, 2, randomUUID());
    expect(await call(`${jobsPath()}/${id}/file`)).toMatchObject({ status: 422 });
    expect((await call(`${jobsPath()}/${id}`)).body.data).toMatchObject({ status: 'completed', result: { generated: 2 } });
  });
});

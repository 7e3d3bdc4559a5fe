import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Asked, ask as askAny, seedClient } from '#lib/testing/api';
import { db } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';
import type { Promotion } from '#prisma/client';

// The jobs of a promotion over HTTP: what the contract says of paths, statuses, envelopes and words.

let token: string;
let name: string;
let promotion: Promotion;

beforeAll(async () => {
  ({ token, name } = await seedClient(db));
});

beforeEach(async () => {
  promotion = await seedPromotion(db);
});

const jobsPath = (of: { id: string } = promotion) => `/v2/promotions/${of.id}/jobs`;

const ask = (path: string, asked: Asked = {}) => askAny(path, { token, ...asked });
const post = (path: string, body?: unknown, headers?: Record<string, string>) => ask(path, { method: 'POST', body, headers });
const generate = (parameters: object = { number_of_codes: 10 }) => ({
  data: { type: 'promotion_job', job_type: 'code_generate', parameters },
});
const exportJob = { data: { type: 'promotion_job', job_type: 'code_export' } };

describe('making a job', () => {
  test('answers 201 and the pending job', async () => {
    const parameters = { number_of_codes: 100, consume_unit: 'per_cart', max_uses_per_code: 1, code_length: 8, code_prefix: 'promo-' };
    const { status, body } = await post(jobsPath(), { data: { ...generate(parameters).data, name: 'job' } });
    expect(status).toBe(201);
    expect(body).toEqual({
      data: {
        ...{ type: 'promotion_job', id: expect.any(String), promotion_id: promotion.id, job_type: 'code_generate', name: 'job' },
        ...{ parameters, status: 'pending' },
        meta: { timestamps: { created_at: expect.any(String), updated_at: expect.any(String) }, progress: { generated: 0 } },
      },
    });
    expect(await db.promotionJob.findUnique({ where: { id: body.data.id } })).toMatchObject({ createdBy: name });
  });

  test('takes the fields at the top level as well', async () => {
    const { status, body } = await post(jobsPath(), exportJob.data);
    expect(status).toBe(201);
    expect(body.data).toMatchObject({ job_type: 'code_export', status: 'pending' });
    expect(body.data).not.toHaveProperty('parameters');
    expect(body.data).not.toHaveProperty('name');
  });

  test('drops what is no field, and stores none of it', async () => {
    const stranger = JSON.parse(`{"id":"${randomUUID()}","status":"completed","generated":5,"__proto__":{"status":"failed"}}`);
    const { body } = await post(jobsPath(), { data: { ...generate().data, ...stranger } });
    expect(body.data).toMatchObject({ status: 'pending' });
    expect(body.data.id).not.toBe(stranger.id);
  });

  test.each([0, -1, 1.5, '100', true, null, undefined])('names the field for %j codes', async (number_of_codes) => {
    const { status, body } = await post(jobsPath(), generate({ number_of_codes }));
    expect(status).toBe(400);
    expect(body.errors).toEqual([
      { status: '400', title: 'Validation failed', detail: expect.any(String), source: 'data.parameters.number_of_codes' },
    ]);
  });

  test('names the field for a number that is none', async () => {
    const raw = '{"data":{"job_type":"code_generate","parameters":{"number_of_codes":1e400}}}';
    const { status, body } = await ask(jobsPath(), { method: 'POST', raw, headers: { 'content-type': 'application/json' } });
    expect([status, body.errors[0].source]).toEqual([400, 'data.parameters.number_of_codes']);
  });

  test('names all wrong fields at once', async () => {
    const { body } = await post(jobsPath(), { data: { ...generate({ number_of_codes: 0, code_length: 7 }).data, name: 'x'.repeat(51) } });
    expect(body.errors.map(({ source }: { source: string }) => source).sort()).toEqual([
      'data.name',
      'data.parameters.code_length',
      'data.parameters.number_of_codes',
    ]);
  });

  test('above the maximum says the maximum', async () => {
    const detail = 'Only 1000 promotion codes are allowed per promotion';
    const errors = [{ status: '400', title: 'Too many promotion codes', detail, source: 'data.parameters.number_of_codes' }];
    for (const number_of_codes of [1001, 1_000_000_000, Number.MAX_SAFE_INTEGER]) {
      const { status, body } = await post(jobsPath(), generate({ number_of_codes }));
      expect([status, body.errors]).toEqual([400, errors]);
    }
  });

  test('beside an active job is refused, and of fifty at once one is made', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => post(jobsPath(), generate())));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    const detail = 'Only 1 pending or processing job is allowed per promotion.';
    for (const { status, body } of answers.filter((answer) => answer.status !== 201))
      expect([status, body.errors]).toEqual([400, [{ status: '400', title: 'Too many jobs', detail }]]);
  });

  test('beside an active job names that job in meta.job_id', async () => {
    const { body } = await post(jobsPath(), { data: { job_type: 'code_remove', parameters: { unused: true } } });
    expect(body.data).toMatchObject({
      job_type: 'code_remove',
      status: 'pending',
      meta: { removal: { filter: { unused: true }, deleted: 0 } },
    });
    const refused = await post(jobsPath(), generate());
    expect([refused.status, refused.body.meta.job_id]).toEqual([400, body.data.id]);
    expect((await ask(`${jobsPath()}/${body.data.id}`)).body.data).toEqual(body.data);
  });

  test('on an automatic promotion is refused', async () => {
    const automatic = await seedPromotion(db, { automatic: true });
    const { status, body } = await post(jobsPath(automatic), generate());
    const detail = 'Cannot add codes to an automatic promotion';
    expect([status, body.errors]).toEqual([422, [{ status: '422', title: 'No codes allowed', detail }]]);
  });

  test('above 1000 for longer than a year says what end would do', async () => {
    const start = new Date('2026-01-01T00:00:00Z');
    const long = await seedPromotion(db, { maxCodes: 5000, start, end: new Date('2027-06-01T00:00:00Z') });
    const { status, body } = await post(jobsPath(long), generate({ number_of_codes: 1001 }));
    expect(status).toBe(422);
    expect(body.errors[0]).toMatchObject({ title: 'Unprocessable Entity', detail: expect.stringContaining('2027-01-01') });
  });

  test.each(['7b0e29e6-9c5d-4a0b-8c0e-1f2b3c4d5e6f', 'x', '..%2f', '%00'])('of the promotion %s: 404', async (id) => {
    const { status, body } = await post(`/v2/promotions/${id}/jobs`, generate());
    expect([status, body.errors]).toEqual([404, [{ status: '404', title: 'Not Found', detail: 'promotion not found' }]]);
  });
});

describe('one job', () => {
  test('is found in its own promotion alone', async () => {
    const { body } = await post(jobsPath(), generate());
    expect(await ask(`${jobsPath()}/${body.data.id}`)).toMatchObject({ status: 200, body });
    const other = await seedPromotion(db);
    const missing = [404, 'job not found'];
    const foreign = await ask(`${jobsPath(other)}/${body.data.id}`);
    const unknown = await ask(`${jobsPath()}/${randomUUID()}`);
    const none = await ask(`${jobsPath()}/x`);
    for (const answer of [foreign, unknown, none]) expect([answer.status, answer.body.errors[0].detail]).toEqual(missing);
    const nowhere = await ask(`${jobsPath({ id: randomUUID() })}/${body.data.id}`);
    expect(nowhere.body.errors[0].detail).toBe('promotion not found');
  });

  test('is cancelled once', async () => {
    const { body } = await post(jobsPath(), generate());
    const cancel = `${jobsPath()}/${body.data.id}/cancel`;
    expect(await ask(`${jobsPath(await seedPromotion(db))}/${body.data.id}/cancel`, { method: 'POST' })).toMatchObject({ status: 404 });
    const first = await ask(cancel, { method: 'POST' });
    expect([first.status, first.body.data.status, first.body.data.result]).toEqual([200, 'cancelled', { generated: 0, deleted: 0 }]);
    const second = await post(cancel, {});
    const detail = 'Only pending or processing jobs can be cancelled';
    expect([second.status, second.body.errors]).toEqual([422, [{ status: '422', title: 'Unprocessable Entity', detail }]]);
  });

  test('that runs is cancelling', async () => {
    const { body } = await post(jobsPath(), generate());
    await db.promotionJob.update({ where: { id: body.data.id }, data: { status: 'processing' } });
    const { status, body: cancelled } = await post(`${jobsPath()}/${body.data.id}/cancel`, {});
    expect([status, cancelled.data.status]).toEqual([200, 'cancelling']);
    expect(cancelled.data).not.toHaveProperty('result');
  });

  test('without a file says what it is', async () => {
    const { body } = await post(jobsPath(), exportJob);
    await db.promotionJob.update({ where: { id: body.data.id }, data: { status: 'processing' } });
    const { status, body: refused } = await ask(`${jobsPath()}/${body.data.id}/file`);
    const detail = 'Job has no file to download. Job status: processing';
    expect([status, refused.errors]).toEqual([422, [{ status: '422', title: 'Unprocessable Entity', detail }]]);
  });

  test('that made codes has no file, however complete', async () => {
    const id = await seedCodes(db, promotion, 2, randomUUID());
    expect(await ask(`${jobsPath()}/${id}/file`)).toMatchObject({ status: 422 });
    expect((await ask(`${jobsPath()}/${id}`)).body.data).toMatchObject({ status: 'completed', result: { generated: 2 } });
  });
});

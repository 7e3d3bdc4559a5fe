import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { seedClient } from '#lib/testing/api';
import { db, pool } from '#lib/testing/database';
import { seedPromotion } from '#lib/testing/seed';
import type { Promotion } from '#prisma/client';

const { call } = await seedClient(db);
let promotion: Promotion;

beforeEach(async () => {
  promotion = await seedPromotion(db);
});

const jobsPath = (of: { id: string } = promotion) => `/v2/promotions/${of.id}/jobs`;
const post = (path: string, body: unknown, headers: Record<string, string>) => call(path, { method: 'POST', body, headers });
const generate = (number_of_codes = 10) => ({ data: { job_type: 'code_generate', parameters: { number_of_codes } } });
const exportJob = { data: { job_type: 'code_export' } };

describe('an Idempotency-Key', () => {
  const headers = () => ({ 'idempotency-key': randomUUID() });

  test('POST /jobs with a repeated Idempotency-Key returns the first response and creates nothing', async () => {
    const key = headers();
    const first = await post(jobsPath(), generate(), key);
    const second = await post(jobsPath(), generate(), key);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(second.headers.get('idempotency-replayed')).toBe('true');
    expect(await db.promotionJob.count({ where: { promotionId: promotion.id } })).toBe(1);
  });

  test('POST /jobs answers 422 for the Idempotency-Key of another request', async () => {
    const key = headers();
    await post(jobsPath(), generate(), key);
    expect(await post(jobsPath(), exportJob, key)).toMatchObject({ status: 422 });
    expect(await post(jobsPath(await seedPromotion(db)), generate(), key)).toMatchObject({ status: 422 });
  });

  test('ten concurrent POST /jobs with one Idempotency-Key create one job', async () => {
    const key = headers();
    const responses = await Promise.all(Array.from({ length: 10 }, () => post(jobsPath(), generate(), key)));
    const statuses = new Set(responses.map(({ status }) => status));
    expect([...statuses].every((status) => [201, 409].includes(status))).toBe(true);
    expect(statuses).toContain(201);
    expect(await db.promotionJob.count({ where: { promotionId: promotion.id } })).toBe(1);
  });

  test('POST /jobs accepts an Idempotency-Key again after a rejected request', async () => {
    const key = headers();
    expect(await post(jobsPath(), generate(1001), key)).toMatchObject({ status: 400 });
    expect(await post(jobsPath(), generate(), key)).toMatchObject({ status: 201 });
  });

  test('POST /jobs accepts the Idempotency-Key of another client', async () => {
    const key = headers();
    const other = await seedClient(db);
    await post(jobsPath(), generate(), key);
    const request = { method: 'POST', body: generate(), headers: key, token: other.token } as const;
    expect(await call(jobsPath(await seedPromotion(db)), request)).toMatchObject({ status: 201 });
  });

  test('POST /jobs creates a new job for an Idempotency-Key that is older than a day', async () => {
    const key = headers();
    const first = await post(jobsPath(), generate(), key);
    await db.promotionJob.update({ where: { id: first.body.data.id }, data: { status: 'cancelled', finishedAt: new Date() } });
    await pool.query(`update idempotency_keys set created_at = now() - interval '24 hours 1 second' where key = $1`, [
      key['idempotency-key'],
    ]);
    const second = await post(jobsPath(), generate(), key);
    expect(second.status).toBe(201);
    expect(second.body.data.id).not.toBe(first.body.data.id);
  });

  test.each(['x'.repeat(300), 'ü', 'a b', ''])('POST /jobs answers 400 for the invalid Idempotency-Key %j', async (key) => {
    expect(await post(jobsPath(), generate(), { 'idempotency-key': key })).toMatchObject({ status: 400 });
  });
});

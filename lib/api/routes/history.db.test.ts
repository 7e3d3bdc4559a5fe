import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { seedClient } from '#lib/testing/api';
import { db } from '#lib/testing/database';

const { call, name } = await seedClient(db);

const put = (id: string, data: object) => call(`/v2/promotions/${id}`, { method: 'PUT', body: { data } });
const schema = { currencies: [{ amount: 1000, currency: 'USD' }] };
const promotion = { name: 'Summer', promotion_type: 'fixed_discount', schema, start: '2026-12-01', end: '2027-03-01T12:00:00+01:00' };

describe('GET /v2/promotions/:id/history', () => {
  test('GET /history lists each version with its client, time and changed fields', async () => {
    const { body } = await call('/v2/promotions', { method: 'POST', body: { data: promotion } });
    const { id } = body.data;
    await put(id, { name: 'Winter', end: '2027-04-01' });
    await put(id, { name: 'Winter' });
    const { status, body: history } = await call(`/v2/promotions/${id}/history`);
    expect(status).toBe(200);
    expect(history.meta.results.total).toBe(2);
    const [now, before] = history.data;
    expect(now).toMatchObject({
      id,
      parent_id: id,
      current: true,
      name: 'Winter',
      end: '2027-04-01T00:00:00Z',
      schema,
    });
    expect(now.meta.version).toMatchObject({ number: 2, changed: ['end', 'name'], created_by: name });
    expect(before).toMatchObject({ parent_id: id, current: false, name: 'Summer', end: '2027-03-01T11:00:00Z' });
    expect(before.id).not.toBe(id);
    expect(before.meta.version).toMatchObject({ number: 1, changed: [] });
    expect((await call(`/v2/promotions/${id}/history?page[limit]=1&page[offset]=1`)).body.data).toEqual([before]);
  });

  test('GET /history answers 404 for an unknown promotion', async () => {
    expect(await call(`/v2/promotions/${randomUUID()}/history`)).toMatchObject({ status: 404 });
  });
});

import { expect, test } from 'vitest';
import { callApi, seedClient } from '#lib/testing/api';
import { db } from '#lib/testing/database';

test('GET /v2/promotions/attributes lists the fields that a client can set', async () => {
  const { status, body } = await callApi('/v2/promotions/attributes', { token: (await seedClient(db)).token });
  expect(status).toBe(200);
  expect(body.data).toContainEqual({ label: 'Name', value: 'name', type: 'string', required: true });
  const required = body.data.filter(({ required }: { required: boolean }) => required).map(({ value }: { value: string }) => value);
  expect(required).toEqual(['name', 'promotion_type', 'schema', 'start', 'end']);
});

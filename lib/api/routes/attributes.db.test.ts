import { expect, test } from 'vitest';
import { ask, seedClient } from '#lib/testing/api';
import { db } from '#lib/testing/database';

test('the attributes of a promotion are the fields that a client can set', async () => {
  const { status, body } = await ask('/v2/promotions/attributes', { token: (await seedClient(db)).token });
  expect(status).toBe(200);
  expect(body.data).toContainEqual({ label: 'Name', value: 'name', type: 'string', required: true });
  const required = body.data.filter(({ required }: { required: boolean }) => required).map(({ value }: { value: string }) => value);
  expect(required).toEqual(['name', 'promotion_type', 'schema', 'start', 'end']);
});

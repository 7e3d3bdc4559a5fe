import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Asked, ask as askAny, seedClient } from '#lib/testing/api';
import { db } from '#lib/testing/database';
import { seedPromotion } from '#lib/testing/seed';
import type { Promotion } from '#prisma/client';

// The envelope of a body: the type and id that it may name, and what null means in it.

let token: string;
let promotion: Promotion;
let path: string;

beforeAll(async () => {
  ({ token } = await seedClient(db));
});

beforeEach(async () => {
  promotion = await seedPromotion(db, { description: 'Off', maxApplicationsPerCart: 3 });
  path = `/v2/promotions/${promotion.id}`;
});

const fresh = () => randomUUID().slice(0, 8);
const send = (path: string, method: Asked['method'], data: object) => askAny(path, { token, method, body: { data } });
const sources = (body: { errors: { source: string }[] }) => body.errors.map(({ source }) => source);
const schema = { currencies: [{ percentage: '10', currency: 'EUR' }] };
const promotionFields = { name: 'Summer', promotion_type: 'percent_discount', schema, start: '2026-12-01', end: '2027-03-01' };

describe('the type in a body', () => {
  const calls: [string, string, () => Promise<Awaited<ReturnType<typeof send>>>][] = [
    ['POST promotions', 'promotion_codes', () => send('/v2/promotions', 'POST', { ...promotionFields, type: 'promotion_codes' })],
    ['PUT promotions', 'promotion_job', () => send(path, 'PUT', { type: 'promotion_job', name: 'x' })],
    ['POST jobs', 'promotion', () => send(`${path}/jobs`, 'POST', { type: 'promotion', job_type: 'code_export' })],
    ['POST codes', 'promotion', () => send(`${path}/codes`, 'POST', { type: 'promotion', codes: [{ code: fresh() }] })],
    ['DELETE codes', 'code', () => send(`${path}/codes`, 'DELETE', { type: 'code', codes: [{ code: fresh() }] })],
  ];

  test.each(calls)('of %s is refused when it is %s', async (_call, _type, run) => {
    const { status, body } = await run();
    expect([status, sources(body)]).toEqual([400, ['data.type']]);
  });

  test('that is wrong is named together with all other wrong fields', async () => {
    const { body } = await send('/v2/promotions', 'POST', { ...promotionFields, type: 'x', name: '' });
    expect(sources(body).toSorted()).toEqual(['data.name', 'data.type']);
    expect(sources((await send(`${path}/jobs`, 'POST', { type: 'x', job_type: 'x' })).body).toSorted()).toEqual([
      'data.job_type',
      'data.type',
    ]);
  });
});

describe('the id in a PUT', () => {
  test('may be the one of the promotion, in any case', async () => {
    for (const id of [promotion.id, promotion.id.toUpperCase()]) expect(await send(path, 'PUT', { id })).toMatchObject({ status: 200 });
  });

  test.each([randomUUID(), 'x', '', 7])('is refused when it is another one: %j', async (id) => {
    const { status, body } = await send(path, 'PUT', { id, name: 'Winter' });
    expect([status, sources(body)]).toEqual([400, ['data.id']]);
    expect((await db.promotion.findUniqueOrThrow({ where: { id: promotion.id } })).name).toBe(promotion.name);
  });
});

describe('null for an optional field is the field left out', () => {
  test('when a promotion is created', async () => {
    const optional = ['type', 'description', 'enabled', 'automatic', 'min_cart_value', 'max_discount_value', 'max_applications_per_cart'];
    const nulls = Object.fromEntries(optional.map((name) => [name, null]));
    const nullSchema = { ...schema, target_catalogs: null, exclude: { targets: null, nodes: ['n'], attributes: null, conditions: null } };
    const { status, body } = await send('/v2/promotions', 'POST', { ...promotionFields, ...nulls, schema: nullSchema });
    expect(status).toBe(201);
    expect(body.data).toMatchObject({ description: '', enabled: false, automatic: false, min_cart_value: [], max_discount_value: [] });
    expect(body.data).not.toHaveProperty('max_applications_per_cart');
    expect(body.data.schema).toEqual({ ...schema, exclude: { nodes: ['n'] } });
    const { status: withoutExclusion } = await send('/v2/promotions', 'POST', { ...promotionFields, schema: { ...schema, exclude: null } });
    expect(withoutExclusion).toBe(201);
  });

  test('when a promotion is changed: nothing changes', async () => {
    const { body: before } = await askAny(path, { token });
    const nulls = Object.fromEntries(Object.keys(before.data).map((name) => [name, null]));
    const { status, body } = await send(path, 'PUT', nulls);
    const { updated_by: _by, meta: _meta, ...kept } = before.data;
    expect([status, body.data]).toEqual([200, expect.objectContaining(kept)]);
  });

  test('when a job is created', async () => {
    const parameters = { number_of_codes: 1, consume_unit: null, max_uses_per_code: null, code_length: null, code_prefix: null };
    const { status, body } = await send(`${path}/jobs`, 'POST', { type: null, job_type: 'code_generate', name: null, parameters });
    expect([status, body.data.parameters]).toEqual([201, { number_of_codes: 1, consume_unit: 'per_cart', code_length: 8 }]);
    expect(body.data).not.toHaveProperty('name');
  });

  test('when codes are added', async () => {
    const code = { code: fresh(), uses: null, user: null, consume_unit: null };
    expect(await send(`${path}/codes`, 'POST', { type: null, codes: [code] })).toMatchObject({ status: 201 });
  });

  test('but a required field that is null is missing', async () => {
    const { status, body } = await send('/v2/promotions', 'POST', { ...promotionFields, name: null, schema: { currencies: null } });
    expect([status, sources(body).toSorted()]).toEqual([400, ['data.name', 'data.schema.currencies']]);
  });
});

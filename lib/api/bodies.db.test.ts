import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ApiRequest, callApi, seedClient } from '#lib/testing/api';
import { db } from '#lib/testing/database';
import { seedPromotion } from '#lib/testing/seed';
import type { Promotion } from '#prisma/client';

// The parts that all bodies have in common: `type`, `id` and null values.

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

const uniqueCode = () => randomUUID().slice(0, 8);
const send = (path: string, method: ApiRequest['method'], data: object) => callApi(path, { token, method, body: { data } });
const sources = (body: { errors: { source: string }[] }) => body.errors.map(({ source }) => source);
const schema = { currencies: [{ percentage: '10', currency: 'EUR' }] };
const promotionFields = { name: 'Summer', promotion_type: 'percent_discount', schema, start: '2026-12-01', end: '2027-03-01' };

describe('data.type in a body', () => {
  const calls: [string, string, () => Promise<Awaited<ReturnType<typeof send>>>][] = [
    ['POST /v2/promotions', 'promotion_codes', () => send('/v2/promotions', 'POST', { ...promotionFields, type: 'promotion_codes' })],
    ['PUT /v2/promotions/:id', 'promotion_job', () => send(path, 'PUT', { type: 'promotion_job', name: 'x' })],
    ['POST /v2/promotions/:id/jobs', 'promotion', () => send(`${path}/jobs`, 'POST', { type: 'promotion', job_type: 'code_export' })],
    [
      'POST /v2/promotions/:id/codes',
      'promotion',
      () => send(`${path}/codes`, 'POST', { type: 'promotion', codes: [{ code: uniqueCode() }] }),
    ],
    ['DELETE /v2/promotions/:id/codes', 'code', () => send(`${path}/codes`, 'DELETE', { type: 'code', codes: [{ code: uniqueCode() }] })],
  ];

  test.each(calls)('%s answers 400 for the type %s', async (_call, _type, run) => {
    const { status, body } = await run();
    expect([status, sources(body)]).toEqual([400, ['data.type']]);
  });

  test('POST /v2/promotions and /jobs answer 400 with the wrong type and all other invalid fields', async () => {
    const { body } = await send('/v2/promotions', 'POST', { ...promotionFields, type: 'x', name: '' });
    expect(sources(body).toSorted()).toEqual(['data.name', 'data.type']);
    expect(sources((await send(`${path}/jobs`, 'POST', { type: 'x', job_type: 'x' })).body).toSorted()).toEqual([
      'data.job_type',
      'data.type',
    ]);
  });
});

describe('data.id in PUT /v2/promotions/:id', () => {
  test('PUT /v2/promotions/:id accepts the id of the promotion in any case', async () => {
    for (const id of [promotion.id, promotion.id.toUpperCase()]) expect(await send(path, 'PUT', { id })).toMatchObject({ status: 200 });
  });

  test.each([randomUUID(), 'x', '', 7])('PUT /v2/promotions/:id answers 400 for the other id %j', async (id) => {
    const { status, body } = await send(path, 'PUT', { id, name: 'Winter' });
    expect([status, sources(body)]).toEqual([400, ['data.id']]);
    expect((await db.promotion.findUniqueOrThrow({ where: { id: promotion.id } })).name).toBe(promotion.name);
  });
});

describe('null in an optional field', () => {
  test('POST /v2/promotions treats null in an optional field as an omitted field', async () => {
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

  test('PUT /v2/promotions/:id changes nothing when all fields are null', async () => {
    const { body: before } = await callApi(path, { token });
    const nulls = Object.fromEntries(Object.keys(before.data).map((name) => [name, null]));
    const { status, body } = await send(path, 'PUT', nulls);
    const { updated_by: _by, meta: _meta, ...kept } = before.data;
    expect([status, body.data]).toEqual([200, expect.objectContaining(kept)]);
  });

  test('POST /v2/promotions/:id/jobs treats null in an optional field as an omitted field', async () => {
    const parameters = { number_of_codes: 1, consume_unit: null, max_uses_per_code: null, code_length: null, code_prefix: null };
    const { status, body } = await send(`${path}/jobs`, 'POST', { type: null, job_type: 'code_generate', name: null, parameters });
    expect([status, body.data.parameters]).toEqual([201, { number_of_codes: 1, consume_unit: 'per_cart', code_length: 8 }]);
    expect(body.data).not.toHaveProperty('name');
  });

  test('POST /v2/promotions/:id/codes treats null in an optional field as an omitted field', async () => {
    const code = { code: uniqueCode(), uses: null, user: null, consume_unit: null };
    expect(await send(`${path}/codes`, 'POST', { type: null, codes: [code] })).toMatchObject({ status: 201 });
  });

  test('POST /v2/promotions answers 400 for null in a required field', async () => {
    const { status, body } = await send('/v2/promotions', 'POST', { ...promotionFields, name: null, schema: { currencies: null } });
    expect([status, sources(body).toSorted()]).toEqual([400, ['data.name', 'data.schema.currencies']]);
  });
});

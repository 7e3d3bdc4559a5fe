import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { seedClient } from '#lib/testing/api';
import { db } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';

type Version = { meta: { version: { changed: string[] } }; schema: unknown; automatic: boolean };

const { call, name } = await seedClient(db);

const post = (data: object, headers?: Record<string, string>) => call('/v2/promotions', { method: 'POST', body: { data }, headers });
const put = (id: string, data: object) => call(`/v2/promotions/${id}`, { method: 'PUT', body: { data } });

const currencies = [{ amount: 1000, currency: 'USD' }];
const requirements = [{ targets: ['sku1', 'sku2'], quantity: 2 }];
const attribute = { template: 'products(shoes)', field: 'brand', type: 'string', value: 'adidas' };
const conditions = { or: [{ and: [{ attribute: { ...attribute, values: ['adidas'] } }, { node: { values: ['n1'] } }] }] };
const schemas = {
  fixed_discount: { currencies, target_catalogs: ['c1'], exclude: { targets: ['x'], nodes: ['n'], attributes: [attribute], conditions } },
  percent_discount: { currencies: [{ percentage: 12.345678, currency: 'EUR' }] },
  item_fixed_discount: { targets: ['sku1'], currencies, target_conditions: conditions },
  item_percent_discount: { targets: 'all', percent: 10 },
  x_for_y: { x: 3, y: 2, targets: ['sku1'], target_nodes: ['n1'] },
  x_for_amount: { x: 3, targets: ['sku1'], currencies, target_attributes: [attribute] },
  bundle_fixed_discount: { requirements, currencies },
  bundle_gift: { requirements, gifts: ['sku3'], auto_add_free_gift: true },
};
const promotionInput = (promotion_type: keyof typeof schemas = 'fixed_discount') => ({
  type: 'promotion',
  name: 'Summer',
  description: 'Off',
  promotion_type,
  schema: schemas[promotion_type],
  start: '2026-12-01',
  end: '2027-03-01T12:00:00+01:00',
});

describe('POST /v2/promotions', () => {
  test.each(Object.keys(schemas).map((type) => type as keyof typeof schemas))(
    'POST /v2/promotions creates a promotion of the type %s',
    async (type) => {
      const given = promotionInput(type);
      const { status, body } = await post(given);
      expect(status).toBe(201);
      expect(body.data).toEqual({
        ...given,
        id: body.data.id,
        parent_id: body.data.id,
        current: true,
        enabled: false,
        automatic: false,
        min_cart_value: [],
        max_discount_value: [],
        start: '2026-12-01T00:00:00Z',
        end: '2027-03-01T11:00:00Z',
        created_by: name,
        updated_by: name,
        meta: {
          timestamps: { created_at: expect.any(String), updated_at: expect.any(String) },
          codes: { count: 0, maximum: 1000 },
        },
      });
      expect(await call(`/v2/promotions/${body.data.id}`)).toMatchObject({ status: 200, body });
    },
  );

  test.each([
    ['fixed_discount', {}],
    ['percent_discount', { currencies: [{ percentage: 1.1234567, currency: 'EUR' }] }],
    ['item_fixed_discount', { currencies }],
    ['item_percent_discount', { targets: ['a'] }],
    ['x_for_y', { x: 2, targets: ['a'] }],
    ['x_for_amount', { x: 2, targets: ['a'] }],
    ['bundle_fixed_discount', { currencies }],
    ['bundle_gift', { requirements }],
    ['unknown_type', {}],
  ])('POST /v2/promotions answers 400 for an incomplete schema of the type %s', async (promotion_type, schema) => {
    const { status, body } = await post({ ...promotionInput(), promotion_type, schema });
    expect(status).toBe(400);
    expect(body.errors[0].source).toMatch(/^data\.(schema|promotion_type)/);
  });

  test('POST /v2/promotions names all invalid fields', async () => {
    const { body } = await post({ ...promotionInput(), name: '', start: 'soon', enabled: 'yes' });
    expect(body.errors.map(({ source }: { source: string }) => source).sort()).toEqual(['data.enabled', 'data.name', 'data.start']);
    const { body: nothing } = await post({});
    expect(nothing.errors.map(({ source }: { source: string }) => source).sort()).toEqual(
      ['end', 'name', 'promotion_type', 'schema', 'start'].map((field) => `data.${field}`),
    );
  });

  test.each([
    ['a schema', { schema: undefined }],
    ['an exclusion', { schema: { currencies, exclude: 'x' } }],
    ['an amount', { schema: { currencies: [null] } }],
    ['requirements', { promotion_type: 'bundle_gift', schema: { requirements: [7], gifts: ['a'], auto_add_free_gift: 'yes' } }],
  ])('POST /v2/promotions explains in its own words an invalid value of %s', async (_, wrong) => {
    const { body } = await post({ ...promotionInput(), ...wrong });
    for (const { detail } of body.errors) expect(detail).toMatch(/^(Enter|Choose) /);
  });

  test('POST /v2/promotions stores 0 as max_applications_per_cart', async () => {
    const { status, body } = await post({ ...promotionInput(), max_applications_per_cart: 0 });
    expect([status, body.data.max_applications_per_cart]).toEqual([201, 0]);
    expect((await call(`/v2/promotions/${body.data.id}`)).body.data.max_applications_per_cart).toBe(0);
    expect((await post({ ...promotionInput(), max_applications_per_cart: 2 })).body.data.max_applications_per_cart).toBe(2);
  });

  test.each([
    ['2026-12-01', '2026-12-01T00:00:00Z'],
    ['2026-12-01 12:00', '2026-12-01T12:00:00Z'],
    ['2026-12-01 12:00:30', '2026-12-01T12:00:30Z'],
    ['2026-12-01T12:00', '2026-12-01T12:00:00Z'],
    ['2026-12-01 12:00:00+02:00', '2026-12-01T10:00:00Z'],
    ['2026-12-01T12:00:00.250Z', '2026-12-01T12:00:00.250Z'],
  ])('POST /v2/promotions reads the start %s as %s', async (start, answered) => {
    expect((await post({ ...promotionInput(), start })).body.data.start).toBe(answered);
  });

  test.each(['2026-02-30', '2026-02-30 12:00', '2026-12-01 24:00', '2026-12-01 12', '12/01/2026', '2026-12-01 1:00', 1796000000, ''])(
    'POST /v2/promotions answers 400 for the start %j',
    async (start) => {
      const { status, body } = await post({ ...promotionInput(), start });
      expect([status, body.errors[0].source]).toEqual([400, 'data.start']);
    },
  );

  test('POST /v2/promotions with a repeated Idempotency-Key returns the first response', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const [first, second] = [await post(promotionInput(), key), await post(promotionInput(), key)];
    expect(second.body).toEqual(first.body);
  });
});

describe('PUT /v2/promotions/:id', () => {
  test('PUT /v2/promotions/:id changes the given fields and accepts all fields of a response', async () => {
    const { body } = await post(promotionInput());
    const { status, body: changed } = await put(body.data.id, { ...body.data, name: 'Winter', enabled: true });
    expect(status).toBe(200);
    expect(changed.data).toMatchObject({ name: 'Winter', enabled: true, description: 'Off', schema: body.data.schema });
    expect((await put(body.data.id, { description: '' })).body.data).toMatchObject({ name: 'Winter', description: '' });
  });

  test('PUT /v2/promotions/:id answers 422 for another promotion_type', async () => {
    const { body } = await post(promotionInput());
    const { status, body: rejected } = await put(body.data.id, { promotion_type: 'bundle_gift', schema: schemas.bundle_gift });
    const detail = 'promotion_type cannot change after creation';
    expect([status, rejected.errors]).toEqual([
      422,
      [{ status: '422', title: 'Unprocessable Entity', detail, source: 'data.promotion_type' }],
    ]);
  });

  test('PUT /v2/promotions/:id changes schema and automatic, and the history keeps each version', async () => {
    const { body } = await post(promotionInput());
    const { id } = body.data;
    const schema = { currencies: [{ amount: 1, currency: 'EUR' }] };
    expect((await put(id, { ...body.data, schema })).body.data).toMatchObject({ schema, automatic: false });
    expect((await put(id, { automatic: true })).body.data).toMatchObject({ schema, automatic: true });
    expect((await put(id, { automatic: false })).body.data).toMatchObject({ schema, automatic: false });
    const { body: history } = await call(`/v2/promotions/${id}/history`);
    expect(history.data.map(({ meta, schema, automatic }: Version) => [meta.version.changed, schema, automatic])).toEqual([
      [['automatic'], schema, false],
      [['automatic'], schema, true],
      [['schema'], schema, false],
      [[], body.data.schema, false],
    ]);
  });

  test('PUT /v2/promotions/:id answers 400 and names the fields of a schema that is not of its type', async () => {
    const { body } = await post(promotionInput());
    const { status, body: rejected } = await put(body.data.id, { schema: { currencies: [{ amount: -1, currency: 'XXX' }] } });
    expect([status, rejected.errors.map(({ source }: { source: string }) => source).sort()]).toEqual([
      400,
      ['data.schema.currencies.0.amount', 'data.schema.currencies.0.currency'],
    ]);
    expect(await put(body.data.id, { schema: schemas.bundle_gift })).toMatchObject({ status: 400 });
  });

  test('PUT /v2/promotions/:id accepts an unchanged schema that is no longer valid', async () => {
    const withdrawn = { currencies: [{ percentage: '10', currency: 'HRK' }] };
    const { id } = await seedPromotion(db, { schema: withdrawn });
    expect((await put(id, { schema: withdrawn, name: 'Old' })).body.data).toMatchObject({ schema: withdrawn, name: 'Old' });
  });

  test('PUT /v2/promotions/:id answers 422 for automatic while the promotion has codes or an active job', async () => {
    const [withCodes, withJob] = [await seedPromotion(db), await seedPromotion(db)];
    await seedCodes(db, withCodes, 1, randomUUID());
    await call(`/v2/promotions/${withJob.id}/jobs`, {
      method: 'POST',
      body: { job_type: 'code_generate', parameters: { number_of_codes: 1 } },
    });
    expect(await put(withCodes.id, { automatic: true })).toMatchObject({ status: 422, body: { errors: [{ source: 'data.automatic' }] } });
    expect(await put(withCodes.id, { automatic: false })).toMatchObject({ status: 200 });
    expect(await put(withJob.id, { automatic: true })).toMatchObject({ status: 422 });
  });

  test('PUT /v2/promotions/:id with a new end for an ended promotion removes up to 1000 codes and answers 422 for more', async () => {
    const start = new Date(Date.now() - 10 * 86_400_000);
    const ended = { start, end: new Date(Date.now() - 86_400_000), maxCodes: 5000 };
    const [many, few] = [await seedPromotion(db, ended), await seedPromotion(db, ended)];
    await seedCodes(db, many, 1001, randomUUID());
    await seedCodes(db, few, 3, randomUUID());
    const end = new Date(Date.now() + 86_400_000).toISOString();
    expect(await put(many.id, { end })).toMatchObject({ status: 422, body: { errors: [{ source: 'data.end' }] } });
    expect((await put(few.id, { end })).body.data.meta.codes.count).toBe(0);
  });
});

describe('DELETE /v2/promotions/:id', () => {
  test('DELETE /v2/promotions/:id answers 204, and 404 after that', async () => {
    const { body } = await post(promotionInput());
    const path = `/v2/promotions/${body.data.id}`;
    expect(await call(path, { method: 'DELETE' })).toMatchObject({ status: 204, body: null });
    expect(await call(path, { method: 'DELETE' })).toMatchObject({ status: 404 });
    expect(await call(path)).toMatchObject({ status: 404, body: { errors: [{ detail: 'promotion not found' }] } });
  });

  test('DELETE /v2/promotions/:id answers 422 while the promotion has an active job', async () => {
    const { body } = await post(promotionInput());
    const path = `/v2/promotions/${body.data.id}`;
    await call(`${path}/jobs`, { method: 'POST', body: { job_type: 'code_export' } });
    expect(await call(path, { method: 'DELETE' })).toMatchObject({ status: 422 });
  });
});

test('GET /v2/promotions finds the promotion of a code regardless of case', async () => {
  const promotion = await seedPromotion(db);
  const prefix = randomUUID();
  await seedCodes(db, promotion, 1, prefix);
  const { body } = await call(`/v2/promotions?filter=eq(code,${prefix.toUpperCase()}-1)`);
  expect([body.data.length, body.data[0].id, body.meta.results.total]).toEqual([1, promotion.id, 1]);
  expect((await call('/v2/promotions?filter=eq(code,unknown-code)')).body).toMatchObject({ data: [], meta: { results: { total: 0 } } });
  expect((await call('/v2/promotions?page[limit]=1')).body.data).toHaveLength(1);
});

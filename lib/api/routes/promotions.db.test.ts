import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Asked, ask as askAny, seedClient } from '#lib/testing/api';
import { db } from '#lib/testing/database';
import { seedCodes, seedPromotion } from '#lib/testing/seed';

// Promotions over HTTP: the eight kinds, changes and what they may be, versions.

type Version = { meta: { version: { changed: string[] } }; schema: unknown; automatic: boolean };

let token: string;
let name: string;

beforeAll(async () => {
  ({ token, name } = await seedClient(db));
});

const ask = (path: string, asked: Asked = {}) => askAny(path, { token, ...asked });
const post = (data: object, headers?: Record<string, string>) => ask('/v2/promotions', { method: 'POST', body: { data }, headers });
const put = (id: string, data: object) => ask(`/v2/promotions/${id}`, { method: 'PUT', body: { data } });

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
const made = (promotion_type: keyof typeof schemas = 'fixed_discount') => ({
  ...{ type: 'promotion', name: 'Summer', description: 'Off', promotion_type, schema: schemas[promotion_type] },
  ...{ start: '2026-12-01', end: '2027-03-01T12:00:00+01:00' },
});

describe('making a promotion', () => {
  test.each(Object.keys(schemas).map((type) => type as keyof typeof schemas))('of the type %s', async (type) => {
    const given = made(type);
    const { status, body } = await post(given);
    expect(status).toBe(201);
    expect(body.data).toEqual({
      ...given,
      ...{ id: expect.any(String), enabled: false, automatic: false, min_cart_value: [], max_discount_value: [] },
      ...{ parent_id: body.data.id, current: true },
      ...{ start: '2026-12-01T00:00:00Z', end: '2027-03-01T11:00:00Z', created_by: name, updated_by: name },
      meta: {
        timestamps: { created_at: expect.any(String), updated_at: expect.any(String) },
        codes: { count: 0, maximum: 1000 },
      },
    });
    expect(await ask(`/v2/promotions/${body.data.id}`)).toMatchObject({ status: 200, body });
  });

  test.each([
    ['fixed_discount', {}],
    ['percent_discount', { currencies: [{ percentage: 1.1234567, currency: 'EUR' }] }],
    ['item_fixed_discount', { currencies }],
    ['item_percent_discount', { targets: ['a'] }],
    ['x_for_y', { x: 2, targets: ['a'] }],
    ['x_for_amount', { x: 2, targets: ['a'] }],
    ['bundle_fixed_discount', { currencies }],
    ['bundle_gift', { requirements }],
    ['unheard_of', {}],
  ])('of the type %s without what it needs is refused', async (promotion_type, schema) => {
    const { status, body } = await post({ ...made(), promotion_type, schema });
    expect(status).toBe(400);
    expect(body.errors[0].source).toMatch(/^data\.(schema|promotion_type)/);
  });

  test('names all wrong fields at once', async () => {
    const { body } = await post({ ...made(), name: '', start: 'soon', enabled: 'yes' });
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
  ])('says in its own words what is wrong with %s', async (_, wrong) => {
    const { body } = await post({ ...made(), ...wrong });
    for (const { detail } of body.errors) expect(detail).toMatch(/^(Enter|Choose) /);
  });

  test('keeps 0 applications a cart, which is no limit', async () => {
    const { status, body } = await post({ ...made(), max_applications_per_cart: 0 });
    expect([status, body.data.max_applications_per_cart]).toEqual([201, 0]);
    expect((await ask(`/v2/promotions/${body.data.id}`)).body.data.max_applications_per_cart).toBe(0);
    expect((await post({ ...made(), max_applications_per_cart: 2 })).body.data.max_applications_per_cart).toBe(2);
  });

  test.each([
    ['2026-12-01', '2026-12-01T00:00:00Z'],
    ['2026-12-01 12:00', '2026-12-01T12:00:00Z'],
    ['2026-12-01 12:00:30', '2026-12-01T12:00:30Z'],
    ['2026-12-01T12:00', '2026-12-01T12:00:00Z'],
    ['2026-12-01 12:00:00+02:00', '2026-12-01T10:00:00Z'],
    ['2026-12-01T12:00:00.250Z', '2026-12-01T12:00:00.250Z'],
  ])('takes the start %s and answers %s', async (start, answered) => {
    expect((await post({ ...made(), start })).body.data.start).toBe(answered);
  });

  test.each(['2026-02-30', '2026-02-30 12:00', '2026-12-01 24:00', '2026-12-01 12', '12/01/2026', '2026-12-01 1:00', 1796000000, ''])(
    'refuses the start %j',
    async (start) => {
      const { status, body } = await post({ ...made(), start });
      expect([status, body.errors[0].source]).toEqual([400, 'data.start']);
    },
  );

  test('twice under one Idempotency-Key makes one', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const [first, second] = [await post(made(), key), await post(made(), key)];
    expect(second.body).toEqual(first.body);
  });
});

describe('changing a promotion', () => {
  test('changes what is given, and what was got may come along', async () => {
    const { body } = await post(made());
    const { status, body: changed } = await put(body.data.id, { ...body.data, name: 'Winter', enabled: true });
    expect(status).toBe(200);
    expect(changed.data).toMatchObject({ name: 'Winter', enabled: true, description: 'Off', schema: body.data.schema });
    expect((await put(body.data.id, { description: '' })).body.data).toMatchObject({ name: 'Winter', description: '' });
  });

  test('cannot change its type', async () => {
    const { body } = await post(made());
    const { status, body: refused } = await put(body.data.id, { promotion_type: 'bundle_gift', schema: schemas.bundle_gift });
    const detail = 'promotion_type cannot change after creation';
    expect([status, refused.errors]).toEqual([
      422,
      [{ status: '422', title: 'Unprocessable Entity', detail, source: 'data.promotion_type' }],
    ]);
  });

  test('changes its schema and automatic, and each version stays in the history', async () => {
    const { body } = await post(made());
    const { id } = body.data;
    const schema = { currencies: [{ amount: 1, currency: 'EUR' }] };
    expect((await put(id, { ...body.data, schema })).body.data).toMatchObject({ schema, automatic: false });
    expect((await put(id, { automatic: true })).body.data).toMatchObject({ schema, automatic: true });
    expect((await put(id, { automatic: false })).body.data).toMatchObject({ schema, automatic: false });
    const { body: history } = await ask(`/v2/promotions/${id}/history`);
    expect(history.data.map(({ meta, schema, automatic }: Version) => [meta.version.changed, schema, automatic])).toEqual([
      [['automatic'], schema, false],
      [['automatic'], schema, true],
      [['schema'], schema, false],
      [[], body.data.schema, false],
    ]);
  });

  test('refuses a schema that is not of its type, and names the fields', async () => {
    const { body } = await post(made());
    const { status, body: refused } = await put(body.data.id, { schema: { currencies: [{ amount: -1, currency: 'XXX' }] } });
    expect([status, refused.errors.map(({ source }: { source: string }) => source).sort()]).toEqual([
      400,
      ['data.schema.currencies.0.amount', 'data.schema.currencies.0.currency'],
    ]);
    expect(await put(body.data.id, { schema: schemas.bundle_gift })).toMatchObject({ status: 400 });
  });

  test('takes back a schema of an earlier version of Promint that it would refuse today', async () => {
    const withdrawn = { currencies: [{ percentage: '10', currency: 'HRK' }] };
    const { id } = await seedPromotion(db, { schema: withdrawn });
    expect((await put(id, { schema: withdrawn, name: 'Old' })).body.data).toMatchObject({ schema: withdrawn, name: 'Old' });
  });

  test('cannot switch automatic on while there are codes, or while a job may add some', async () => {
    const [withCodes, withJob] = [await seedPromotion(db), await seedPromotion(db)];
    await seedCodes(db, withCodes, 1, randomUUID());
    await ask(`/v2/promotions/${withJob.id}/jobs`, {
      method: 'POST',
      body: { job_type: 'code_generate', parameters: { number_of_codes: 1 } },
    });
    expect(await put(withCodes.id, { automatic: true })).toMatchObject({ status: 422, body: { errors: [{ source: 'data.automatic' }] } });
    expect(await put(withCodes.id, { automatic: false })).toMatchObject({ status: 200 });
    expect(await put(withJob.id, { automatic: true })).toMatchObject({ status: 422 });
  });

  test('after its end with many codes is refused, and with few takes them away', async () => {
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

describe('deleting a promotion', () => {
  test('answers 204, and 404 from then on', async () => {
    const { body } = await post(made());
    const path = `/v2/promotions/${body.data.id}`;
    expect(await ask(path, { method: 'DELETE' })).toMatchObject({ status: 204, body: null });
    expect(await ask(path, { method: 'DELETE' })).toMatchObject({ status: 404 });
    expect(await ask(path)).toMatchObject({ status: 404, body: { errors: [{ detail: 'promotion not found' }] } });
  });

  test('is refused while a job of it is active', async () => {
    const { body } = await post(made());
    const path = `/v2/promotions/${body.data.id}`;
    await ask(`${path}/jobs`, { method: 'POST', body: { job_type: 'code_export' } });
    expect(await ask(path, { method: 'DELETE' })).toMatchObject({ status: 422 });
  });
});

test('the list finds the promotion that owns a code, in any case', async () => {
  const promotion = await seedPromotion(db);
  const prefix = randomUUID();
  await seedCodes(db, promotion, 1, prefix);
  const { body } = await ask(`/v2/promotions?filter=eq(code,${prefix.toUpperCase()}-1)`);
  expect([body.data.length, body.data[0].id, body.meta.results.total]).toEqual([1, promotion.id, 1]);
  expect((await ask('/v2/promotions?filter=eq(code,unheard-of)')).body).toMatchObject({ data: [], meta: { results: { total: 0 } } });
  expect((await ask('/v2/promotions?page[limit]=1')).body.data).toHaveLength(1);
});

describe('the history of a promotion', () => {
  test('has each version with who, when and which fields', async () => {
    const { body } = await post(made());
    const { id } = body.data;
    await put(id, { name: 'Winter', end: '2027-04-01' });
    await put(id, { name: 'Winter' });
    const { status, body: history } = await ask(`/v2/promotions/${id}/history`);
    expect(status).toBe(200);
    expect(history.meta.results.total).toBe(2);
    const [now, before] = history.data;
    expect(now).toMatchObject({ id, parent_id: id, current: true, name: 'Winter', end: '2027-04-01T00:00:00Z', schema: made().schema });
    expect(now.meta.version).toMatchObject({ number: 2, changed: ['end', 'name'], created_by: name });
    expect(before).toMatchObject({ parent_id: id, current: false, name: 'Summer', end: '2027-03-01T11:00:00Z' });
    expect(before.id).not.toBe(id);
    expect(before.meta.version).toMatchObject({ number: 1, changed: [] });
    expect((await ask(`/v2/promotions/${id}/history?page[limit]=1&page[offset]=1`)).body.data).toEqual([before]);
  });

  test('of no promotion is 404', async () => {
    expect(await ask(`/v2/promotions/${randomUUID()}/history`)).toMatchObject({ status: 404 });
  });
});

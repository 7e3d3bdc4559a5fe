import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { seedClient } from '#lib/testing/api';
import { db, pool } from '#lib/testing/database';
import { longestHold } from '#lib/testing/event-loop';
import { eventually } from '#lib/testing/eventually';
import { seedCodes, seedPromotion } from '#lib/testing/seed';

const { call, name } = await seedClient(db);
let id: string;
let path: string;

beforeEach(async () => {
  ({ id } = await seedPromotion(db));
  path = `/v2/promotions/${id}/codes`;
});

const uniqueCode = () => randomUUID().slice(0, 8);
const add = (codes: unknown, of = path) => call(of, { method: 'POST', body: { data: { type: 'promotion_codes', codes } } });
const remove = (codes: unknown) => call(path, { method: 'DELETE', body: { data: { type: 'promotion_codes', codes } } });
const sessionsWaitingForLock = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
const listed = async () => (await call(path)).body.data.map(({ code }: { code: string }) => code);

test('POST /codes adds codes with uses and user, and GET /codes lists them in their order', async () => {
  const [one, two] = [`B-${uniqueCode()}`, `A-${uniqueCode()}`];
  const { status, body } = await add([{ code: one }, { code: two, uses: 3, user: 'ann', consume_unit: 'per_item' }]);
  expect([status, body.data.id, body.data.meta.codes]).toEqual([201, id, { count: 2, maximum: 1000 }]);
  const meta = { timestamps: { created_at: expect.any(String) } };
  const { body: list } = await call(path);
  expect(list.data).toEqual([
    { code: one, consume_unit: 'per_cart', created_by: name, meta },
    { code: two, consume_unit: 'per_item', uses: 3, max_uses: 3, user: 'ann', created_by: name, meta },
  ]);
  expect(list.meta.results.total).toBe(2);
});

test('POST /codes accepts one user or a list of users, and GET /codes returns the same form', async () => {
  const users = [['ann', 'bob', 'ann'], ['ann'], 'ann', [], '', null, undefined];
  await add(users.map((user) => ({ code: uniqueCode(), user })));
  const { body } = await call(path);
  expect(body.data.map(({ user }: { user?: unknown }) => user)).toEqual([['ann', 'bob'], ['ann'], 'ann', ...Array(4)]);
});

test.each<[string, unknown, string]>([
  ['that is neither text nor a list', 7, 'user'],
  ['with an entry that is not text', ['ann', 7], 'user'],
  ['with more than 100 entries', Array.from({ length: 101 }, (_, n) => `user-${n}`), 'user'],
])('POST /codes answers 400 for a user %s', async (_, user, source) => {
  const { status, body } = await add([{ code: uniqueCode(), user }]);
  expect([status, body.errors[0].source.startsWith(`data.codes.0.${source}`)]).toEqual([400, true]);
});

test('POST /codes applies the consume_unit of the request to codes without one', async () => {
  const codes = [{ code: uniqueCode() }, { code: uniqueCode(), consume_unit: 'per_cart' }, { code: uniqueCode(), consume_unit: null }];
  const send = (consume_unit: unknown) => call(path, { method: 'POST', body: { data: { type: 'promotion_codes', consume_unit, codes } } });
  expect(await send('per_shop')).toMatchObject({ status: 400, body: { errors: [{ source: 'data.consume_unit' }] } });
  expect(await send('per_item')).toMatchObject({ status: 201 });
  const units = (await call(path)).body.data.map(({ consume_unit }: { consume_unit: string }) => consume_unit);
  expect(units).toEqual(['per_item', 'per_cart', 'per_item']);
});

test('POST and DELETE /codes add one version to the history with the client and the number of codes', async () => {
  const codes = [uniqueCode(), uniqueCode(), uniqueCode()].map((code) => ({ code }));
  await add(codes);
  await add(codes);
  await remove(codes.slice(0, 2));
  await call(`${path}/${codes[2]?.code}`, { method: 'DELETE' });
  const { body } = await call(`/v2/promotions/${id}/history`);
  const versions = body.data.map(({ meta }: { meta: { version: object } }) => meta.version);
  const change = { changed: ['codes'], created_by: name };
  expect(versions).toMatchObject([
    { number: 4, ...change, codes: { removed: 1 } },
    { number: 3, ...change, codes: { removed: 2 } },
    { number: 2, ...change, codes: { added: 3 } },
    { number: 1, changed: [] },
  ]);
  expect(versions[3]).not.toHaveProperty('codes');
});

test('GET /codes returns the job_id of generated codes', async () => {
  const job_id = await seedCodes(db, { id }, 30, uniqueCode());
  const { body } = await call(`${path}?page[offset]=25`);
  expect([body.data.length, body.data[0].meta.job_id, body.meta.page.total]).toEqual([5, job_id, 2]);
});

test('GET /codes with eq(code,…) finds a code of the promotion regardless of case', async () => {
  const code = `Code(${uniqueCode()}):x`;
  await add([{ code }]);
  const find = async (text: string, of = path) => (await call(`${of}?filter=eq(code,${encodeURIComponent(text)})`)).body;
  expect(await find(code.toUpperCase())).toMatchObject({ data: [{ code }], meta: { results: { total: 1 } } });
  expect(await find('unknown-code')).toMatchObject({ data: [], meta: { results: { total: 0 } } });
  const other = await seedPromotion(db);
  expect((await find(code, `/v2/promotions/${other.id}/codes`)).data).toEqual([]);
});

describe('POST /codes with invalid codes', () => {
  test('POST /codes answers 400 and names all invalid fields', async () => {
    const { status, body } = await add([{ code: 'a b' }, { code: uniqueCode() }, { code: uniqueCode(), uses: -1 }]);
    expect([status, body.errors.map(({ source }: { source: string }) => source)]).toEqual([
      400,
      ['data.codes.0.code', 'data.codes.2.uses'],
    ]);
  });

  test('POST /codes answers 409 and adds none when a code exists or is repeated, regardless of case', async () => {
    const code = `Code-${uniqueCode()}`;
    await add([{ code }]);
    const other = await seedPromotion(db);
    const again = await add([{ code: uniqueCode() }, { code: code.toUpperCase() }], `/v2/promotions/${other.id}/codes`);
    expect(again).toMatchObject({ status: 409, body: { errors: [{ source: 'data.codes.1.code', title: 'Conflict' }] } });
    expect(await add([{ code: 'x1' }, { code: 'X1' }])).toMatchObject({ status: 409 });
    expect(await listed()).toEqual([code]);
  });

  test('POST /codes answers 400 for more codes than the maximum of the promotion', async () => {
    await seedCodes(db, { id }, 999, uniqueCode());
    const { status, body } = await add([{ code: uniqueCode() }, { code: uniqueCode() }]);
    const detail = 'Only 1000 promotion codes are allowed per promotion';
    expect([status, body.errors]).toEqual([400, [{ status: '400', title: 'Too many promotion codes', detail }]]);
  });

  test('POST /codes answers 422 for an automatic promotion', async () => {
    const automatic = await seedPromotion(db, { automatic: true });
    const { status, body } = await add([{ code: uniqueCode() }], `/v2/promotions/${automatic.id}/codes`);
    expect([status, body.errors[0].title]).toEqual([422, 'No codes allowed']);
  });

  test('POST /codes answers 400 without a list or with an empty one, and 404 for an unknown promotion', async () => {
    for (const codes of [undefined, 'x', [], [null]]) expect(await add(codes)).toMatchObject({ status: 400 });
    expect(await add([{ code: uniqueCode() }], `/v2/promotions/${randomUUID()}/codes`)).toMatchObject({ status: 404 });
  });
});

test('POST /codes accepts 10,000 codes in a body above the general limit', async () => {
  const large = await seedPromotion(db, { maxCodes: 20_000 });
  const prefix = uniqueCode();
  const codes = Array.from({ length: 10_000 }, (_, i) => ({ code: `${prefix}-${i}`, uses: 1, user: 'ann@example.com' }));
  expect(JSON.stringify(codes).length).toBeGreaterThan(256 * 1024);
  expect((await add(codes, `/v2/promotions/${large.id}/codes`)).body.data.meta.codes.count).toBe(10_000);
});

describe('DELETE /codes', () => {
  test('DELETE /codes/:code removes one code regardless of case and answers 404 the second time', async () => {
    const code = `Code-${uniqueCode()}`;
    await add([{ code }, { code: uniqueCode() }]);
    expect(await call(`${path}/${code.toUpperCase()}`, { method: 'DELETE' })).toMatchObject({ status: 204, body: null });
    expect(await listed()).toHaveLength(1);
    const again = await call(`${path}/${code}`, { method: 'DELETE' });
    const errors = [{ status: '404', title: 'Not Found', detail: `${code} is no code of this promotion` }];
    expect([again.status, again.body.errors]).toEqual([404, errors]);
  });

  test('DELETE /codes removes all codes of the list or none', async () => {
    const codes = [uniqueCode(), uniqueCode(), uniqueCode()].map((code) => ({ code }));
    await add(codes);
    expect(await remove([codes[0], { code: 'unknown-code' }])).toMatchObject({
      status: 404,
      body: { errors: [{ source: 'data.codes.1.code' }] },
    });
    expect(await listed()).toHaveLength(3);
    expect(await remove(codes.slice(0, 2))).toMatchObject({ status: 204 });
    expect(await listed()).toEqual([codes[2]?.code]);
  });

  test('DELETE /codes/:code answers 404 for a text that cannot be a code', async () => {
    for (const code of ['%00', 'x%20y', 'ü']) expect(await call(`${path}/${code}`, { method: 'DELETE' })).toMatchObject({ status: 404 });
    expect(await call(`${path}?filter=eq(code,%00)`)).toMatchObject({ status: 400 });
  });
});

describe('POST /codes with a large list', () => {
  const wrong = Array.from({ length: 10_000 }, (_, n) => ({ code: `a b ${n}`.padEnd(400, 'x'), uses: -1, user: 5, consume_unit: 'x' }));

  test('POST /codes answers with the first 100 problems and their total number', async () => {
    const { status, body } = await add(wrong);
    expect([status, body.errors.length, body.errors[99].source, body.meta.total_errors]).toEqual([
      400,
      100,
      'data.codes.24.consume_unit',
      40_000,
    ]);
    expect(JSON.stringify(body).length).toBeLessThan(32 * 1024);
  });

  test('POST and DELETE /codes answer with the first 100 conflicts and their total number', async () => {
    const codes = Array.from({ length: 500 }, () => ({ code: uniqueCode() }));
    expect((await remove(codes)).body).toMatchObject({ errors: { length: 100 }, meta: { total_errors: 500 } });
    await add(codes);
    expect((await add(codes)).body).toMatchObject({ errors: { length: 100 }, meta: { total_errors: 500 } });
  });

  test.each<[string, string]>([
    ['10,000 codes with four wrong fields each', JSON.stringify({ data: { codes: wrong } })],
    ['10,000 codes with one wrong field each', JSON.stringify({ data: { codes: wrong.map(({ code }) => ({ code })) } })],
    ['300,000 codes', JSON.stringify({ codes: Array.from({ length: 300_000 }, () => ({ code: 'a b' })) })],
    ['250,000 objects with different fields', `{"codes":[${Array.from({ length: 250_000 }, (_, n) => `{"k${n}":1}`)}]}`],
    [
      'one object with 300,000 fields',
      JSON.stringify({ codes: [Object.fromEntries(Array.from({ length: 300_000 }, (_, n) => [`k${n}`, 1]))] }),
    ],
    ['1.7 million brackets', `{"codes":[${'[],'.repeat(1_700_000)}1]}`],
    ['backslashes and quotes', `{"codes":["${'\\\\\\"'.repeat(1_000_000)}"]}`],
  ])('POST /codes with %s blocks the event loop for less than 50 ms', async (_, raw) => {
    expect(raw.length).toBeLessThan(5 * 1024 * 1024);
    const bytes = Buffer.from(raw);
    const blockedMs = await longestHold(async () => {
      const { status } = await call(path, { method: 'POST', raw: bytes, headers: { 'content-type': 'application/json' } });
      expect([400, 413]).toContain(status);
    });
    expect(blockedMs).toBeLessThan(50);
  });

  test('POST /codes runs at most four concurrent calls of a client and queues the others', async () => {
    const holder = await pool.connect();
    await holder.query('begin');
    await holder.query('select from promotions where id = $1 for update', [id]);
    const responses = Array.from({ length: 6 }, () => add([{ code: uniqueCode() }]));
    const waiting = async () => (await pool.query(sessionsWaitingForLock)).rows.length;
    await eventually('four calls that wait for the lock', async () => (await waiting()) === 4);
    await holder.query('rollback');
    holder.release();
    for (const { status } of await Promise.all(responses)) expect(status).toBe(201);
  });

  test('POST /codes with 10,000 valid codes blocks the event loop for less than 50 ms', async () => {
    const large = await seedPromotion(db, { maxCodes: 50_000 });
    const bodies = Array.from({ length: 3 }, () => {
      const prefix = uniqueCode();
      return JSON.stringify({
        data: { codes: Array.from({ length: 10_000 }, (_, n) => ({ code: `${prefix}-${n}`, uses: 1, user: 'ann' })) },
      });
    });
    const blockedMs = await longestHold(async () => {
      const headers = { 'content-type': 'application/json' };
      expect(await call(`/v2/promotions/${large.id}/codes`, { method: 'POST', raw: bodies.pop() ?? '', headers })).toMatchObject({
        status: 201,
      });
    });
    expect(blockedMs).toBeLessThan(50);
  });
});

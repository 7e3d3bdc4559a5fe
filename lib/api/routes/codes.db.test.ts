import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Asked, ask as askAny, seedClient } from '#lib/testing/api';
import { db, pool } from '#lib/testing/database';
import { longestHold } from '#lib/testing/event-loop';
import { eventually } from '#lib/testing/eventually';
import { seedCodes, seedPromotion } from '#lib/testing/seed';

// The codes of a promotion over HTTP.

let token: string;
let name: string;
let id: string;
let path: string;

beforeAll(async () => {
  ({ token, name } = await seedClient(db));
});

beforeEach(async () => {
  ({ id } = await seedPromotion(db));
  path = `/v2/promotions/${id}/codes`;
});

const ask = (path: string, asked: Asked = {}) => askAny(path, { token, ...asked });
const fresh = () => randomUUID().slice(0, 8);
const add = (codes: unknown, of = path) => ask(of, { method: 'POST', body: { data: { type: 'promotion_codes', codes } } });
const remove = (codes: unknown) => ask(path, { method: 'DELETE', body: { data: { type: 'promotion_codes', codes } } });
const waitingForTheRow = "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
const listed = async () => (await ask(path)).body.data.map(({ code }: { code: string }) => code);

test('codes are added with their uses and users, and listed in that order', async () => {
  const [one, two] = [`B-${fresh()}`, `A-${fresh()}`];
  const { status, body } = await add([{ code: one }, { code: two, uses: 3, user: 'ann', consume_unit: 'per_item' }]);
  expect([status, body.data.id, body.data.meta.codes]).toEqual([201, id, { count: 2, maximum: 1000 }]);
  const meta = { timestamps: { created_at: expect.any(String) } };
  const { body: list } = await ask(path);
  expect(list.data).toEqual([
    { code: one, consume_unit: 'per_cart', created_by: name, meta },
    { code: two, consume_unit: 'per_item', uses: 3, max_uses: 3, user: 'ann', created_by: name, meta },
  ]);
  expect(list.meta.results.total).toBe(2);
});

test('a code may be for one user or for a list of users, and comes back as it was sent', async () => {
  const users = [['ann', 'bob', 'ann'], ['ann'], 'ann', [], '', null, undefined];
  await add(users.map((user) => ({ code: fresh(), user })));
  const { body } = await ask(path);
  expect(body.data.map(({ user }: { user?: unknown }) => user)).toEqual([['ann', 'bob'], ['ann'], 'ann', ...Array(4)]);
});

test.each<[string, unknown, string]>([
  ['is neither text nor a list', 7, 'user'],
  ['holds what is no text', ['ann', 7], 'user'],
  ['is too long a list', Array.from({ length: 101 }, (_, n) => `user-${n}`), 'user'],
])('a code whose user %s is refused', async (_, user, source) => {
  const { status, body } = await add([{ code: fresh(), user }]);
  expect([status, body.errors[0].source.startsWith(`data.codes.0.${source}`)]).toEqual([400, true]);
});

test('consume_unit beside the list is the default of its codes', async () => {
  const codes = [{ code: fresh() }, { code: fresh(), consume_unit: 'per_cart' }, { code: fresh(), consume_unit: null }];
  const send = (consume_unit: unknown) => ask(path, { method: 'POST', body: { data: { type: 'promotion_codes', consume_unit, codes } } });
  expect(await send('per_shop')).toMatchObject({ status: 400, body: { errors: [{ source: 'data.consume_unit' }] } });
  expect(await send('per_item')).toMatchObject({ status: 201 });
  const units = (await ask(path)).body.data.map(({ consume_unit }: { consume_unit: string }) => consume_unit);
  expect(units).toEqual(['per_item', 'per_cart', 'per_item']);
});

test('a call that adds or removes codes makes one version in the history, with who and how many', async () => {
  const codes = [fresh(), fresh(), fresh()].map((code) => ({ code }));
  await add(codes);
  await add(codes);
  await remove(codes.slice(0, 2));
  await ask(`${path}/${codes[2]?.code}`, { method: 'DELETE' });
  const { body } = await ask(`/v2/promotions/${id}/history`);
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

test('the codes of a job name it', async () => {
  const job_id = await seedCodes(db, { id }, 30, fresh());
  const { body } = await ask(`${path}?page[offset]=25`);
  expect([body.data.length, body.data[0].meta.job_id, body.meta.page.total]).toEqual([5, job_id, 2]);
});

test('a code is found in any case, in its own promotion', async () => {
  const code = `Code(${fresh()}):x`;
  await add([{ code }]);
  const find = async (text: string, of = path) => (await ask(`${of}?filter=eq(code,${encodeURIComponent(text)})`)).body;
  expect(await find(code.toUpperCase())).toMatchObject({ data: [{ code }], meta: { results: { total: 1 } } });
  expect(await find('unheard-of')).toMatchObject({ data: [], meta: { results: { total: 0 } } });
  const other = await seedPromotion(db);
  expect((await find(code, `/v2/promotions/${other.id}/codes`)).data).toEqual([]);
});

describe('adding codes is refused, and none is added,', () => {
  test('for wrong ones, all of them named', async () => {
    const { status, body } = await add([{ code: 'a b' }, { code: fresh() }, { code: fresh(), uses: -1 }]);
    expect([status, body.errors.map(({ source }: { source: string }) => source)]).toEqual([
      400,
      ['data.codes.0.code', 'data.codes.2.uses'],
    ]);
  });

  test('for one that exists, in any case, or stands there twice', async () => {
    const code = `Code-${fresh()}`;
    await add([{ code }]);
    const other = await seedPromotion(db);
    const again = await add([{ code: fresh() }, { code: code.toUpperCase() }], `/v2/promotions/${other.id}/codes`);
    expect(again).toMatchObject({ status: 409, body: { errors: [{ source: 'data.codes.1.code', title: 'Conflict' }] } });
    expect(await add([{ code: 'x1' }, { code: 'X1' }])).toMatchObject({ status: 409 });
    expect(await listed()).toEqual([code]);
  });

  test('for too many', async () => {
    await seedCodes(db, { id }, 999, fresh());
    const { status, body } = await add([{ code: fresh() }, { code: fresh() }]);
    const detail = 'Only 1000 promotion codes are allowed per promotion';
    expect([status, body.errors]).toEqual([400, [{ status: '400', title: 'Too many promotion codes', detail }]]);
  });

  test('for an automatic promotion', async () => {
    const automatic = await seedPromotion(db, { automatic: true });
    const { status, body } = await add([{ code: fresh() }], `/v2/promotions/${automatic.id}/codes`);
    expect([status, body.errors[0].title]).toEqual([422, 'No codes allowed']);
  });

  test('for no list, an empty one, and a promotion that is none', async () => {
    for (const codes of [undefined, 'x', [], [null]]) expect(await add(codes)).toMatchObject({ status: 400 });
    expect(await add([{ code: fresh() }], `/v2/promotions/${randomUUID()}/codes`)).toMatchObject({ status: 404 });
  });
});

test('ten thousand codes come in one request, above the size of other bodies', async () => {
  const large = await seedPromotion(db, { maxCodes: 20_000 });
  const prefix = fresh();
  const codes = Array.from({ length: 10_000 }, (_, i) => ({ code: `${prefix}-${i}`, uses: 1, user: 'somebody@example.com' }));
  expect(JSON.stringify(codes).length).toBeGreaterThan(256 * 1024);
  expect((await add(codes, `/v2/promotions/${large.id}/codes`)).body.data.meta.codes.count).toBe(10_000);
});

describe('removing codes', () => {
  test('one by one, in any case', async () => {
    const code = `Code-${fresh()}`;
    await add([{ code }, { code: fresh() }]);
    expect(await ask(`${path}/${code.toUpperCase()}`, { method: 'DELETE' })).toMatchObject({ status: 204, body: null });
    expect(await listed()).toHaveLength(1);
    const again = await ask(`${path}/${code}`, { method: 'DELETE' });
    const errors = [{ status: '404', title: 'Not Found', detail: `${code} is no code of this promotion` }];
    expect([again.status, again.body.errors]).toEqual([404, errors]);
  });

  test('several, all or none', async () => {
    const codes = [fresh(), fresh(), fresh()].map((code) => ({ code }));
    await add(codes);
    expect(await remove([codes[0], { code: 'unheard-of' }])).toMatchObject({
      status: 404,
      body: { errors: [{ source: 'data.codes.1.code' }] },
    });
    expect(await listed()).toHaveLength(3);
    expect(await remove(codes.slice(0, 2))).toMatchObject({ status: 204 });
    expect(await listed()).toEqual([codes[2]?.code]);
  });

  test('that are none: 404', async () => {
    for (const code of ['%00', 'x%20y', 'ü']) expect(await ask(`${path}/${code}`, { method: 'DELETE' })).toMatchObject({ status: 404 });
    expect(await ask(`${path}?filter=eq(code,%00)`)).toMatchObject({ status: 400 });
  });
});

describe('a large list', () => {
  const wrong = Array.from({ length: 10_000 }, (_, n) => ({ code: `a b ${n}`.padEnd(400, 'x'), uses: -1, user: 5, consume_unit: 'x' }));

  test('of wrong codes is answered with the first 100 problems and how many there are', async () => {
    const { status, body } = await add(wrong);
    expect([status, body.errors.length, body.errors[99].source, body.meta.total_errors]).toEqual([
      400,
      100,
      'data.codes.24.consume_unit',
      40_000,
    ]);
    expect(JSON.stringify(body).length).toBeLessThan(32 * 1024);
  });

  test('of codes that exist, or that the promotion does not have, is answered in the same way', async () => {
    const codes = Array.from({ length: 500 }, () => ({ code: fresh() }));
    expect((await remove(codes)).body).toMatchObject({ errors: { length: 100 }, meta: { total_errors: 500 } });
    await add(codes);
    expect((await add(codes)).body).toMatchObject({ errors: { length: 100 }, meta: { total_errors: 500 } });
  });

  test.each<[string, string]>([
    ['10,000 codes with four wrong fields each', JSON.stringify({ data: { codes: wrong } })],
    ['10,000 codes with one wrong field each', JSON.stringify({ data: { codes: wrong.map(({ code }) => ({ code })) } })],
    ['300,000 codes', JSON.stringify({ codes: Array.from({ length: 300_000 }, () => ({ code: 'a b' })) })],
    ['objects that each have fields of their own', `{"codes":[${Array.from({ length: 250_000 }, (_, n) => `{"k${n}":1}`)}]}`],
    [
      'one object with as many fields as there is room for',
      JSON.stringify({ codes: [Object.fromEntries(Array.from({ length: 300_000 }, (_, n) => [`k${n}`, 1]))] }),
    ],
    ['1.7 million brackets', `{"codes":[${'[],'.repeat(1_700_000)}1]}`],
    ['backslashes and quotes', `{"codes":["${'\\\\\\"'.repeat(1_000_000)}"]}`],
  ])('of %s holds nobody else up for more than 50 ms', async (_, raw) => {
    expect(raw.length).toBeLessThan(5 * 1024 * 1024);
    const bytes = Buffer.from(raw);
    const held = await longestHold(async () => {
      const { status } = await ask(path, { method: 'POST', raw: bytes, headers: { 'content-type': 'application/json' } });
      expect([400, 413]).toContain(status);
    });
    expect(held).toBeLessThan(50);
  });

  test('is sent by a client in four calls at once at most, and the next one waits for its turn', async () => {
    const held = await pool.connect();
    await held.query('begin');
    await held.query('select from promotions where id = $1 for update', [id]);
    const answers = Array.from({ length: 6 }, () => add([{ code: fresh() }]));
    const waiting = async () => (await pool.query(waitingForTheRow)).rows.length;
    await eventually('four calls that wait for the row', async () => (await waiting()) === 4);
    await held.query('rollback');
    held.release();
    for (const { status } of await Promise.all(answers)) expect(status).toBe(201);
  });

  test('of 10,000 codes that are right holds nobody else up for more than 50 ms', async () => {
    const large = await seedPromotion(db, { maxCodes: 50_000 });
    const bodies = Array.from({ length: 3 }, () => {
      const prefix = fresh();
      return JSON.stringify({
        data: { codes: Array.from({ length: 10_000 }, (_, n) => ({ code: `${prefix}-${n}`, uses: 1, user: 'ann' })) },
      });
    });
    const held = await longestHold(async () => {
      const headers = { 'content-type': 'application/json' };
      expect(await ask(`/v2/promotions/${large.id}/codes`, { method: 'POST', raw: bodies.pop() ?? '', headers })).toMatchObject({
        status: 201,
      });
    });
    expect(held).toBeLessThan(50);
  });
});

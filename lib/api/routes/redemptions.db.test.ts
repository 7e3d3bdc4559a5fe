import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openApiDocument } from '#lib/api/openapi/document';
import { type Asked, ask, seedClient, type Told } from '#lib/testing/api';
import { answerValidator } from '#lib/testing/contract';
import { db } from '#lib/testing/database';
import { endHolds, seedCode, usesLeft, wrongCounts } from '#lib/testing/redemptions';
import type { ClientRole } from '#prisma/enums';

// Redemptions over HTTP. Every answer is held against the OpenAPI document.

const validate = answerValidator(await openApiDocument('http://promint.test'));
const redemptions = '/v2/promotions/redemptions';
let tokens: Record<ClientRole, string>;

beforeAll(async () => {
  const [read, redeem, write] = await Promise.all([seedClient(db, 'read'), seedClient(db, 'redeem'), seedClient(db, 'write')]);
  tokens = { read: read.token, redeem: redeem.token, write: write.token };
});

afterEach(async () => expect(await wrongCounts(db)).toEqual([]));

async function call(path: string, asked: Asked & { role?: ClientRole } = {}): Promise<Told> {
  const { role = 'redeem', ...rest } = asked;
  const answer = await ask(path, { token: tokens[role], ...rest });
  expect(validate(rest.method ?? 'GET', path.replace(/\?.*/, ''), answer.status, answer.body)).toEqual([]);
  return answer;
}

const post = (path: string, data?: unknown, more: Asked & { role?: ClientRole } = {}) =>
  call(path, { method: 'POST', ...(data !== undefined && { body: { data } }), ...more });
const redeem = (code: string, more: object = {}, asked: Asked = {}) =>
  post(redemptions, { type: 'redemption', codes: [{ code }], ...more }, asked);
const act = (id: string, verb: 'confirm' | 'rollback', data?: unknown) => post(`${redemptions}/${id}/${verb}`, data);

describe('POST /v2/promotions/redemptions/check', () => {
  test('answers a usable code with its promotion, the uses left and the maximum', async () => {
    const { code, promotionId, name } = await seedCode(db, { uses: 2 });
    const { status, body } = await post(`${redemptions}/check`, { type: 'redemption_check', code });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ type: 'redemption_check', usable: true, uses: 2, max_uses: 2, promotion: { id: promotionId, name } });
    expect(body.data).not.toHaveProperty('reason');
  });

  test('answers a code without a limit without uses', async () => {
    const { code } = await seedCode(db);
    const { body } = await post(`${redemptions}/check`, { code });
    expect(Object.keys(body.data).sort()).toEqual(['promotion', 'type', 'usable']);
  });

  test('answers an unknown code with 200 and the reason not_found', async () => {
    const { status, body } = await post(`${redemptions}/check`, { code: 'UNHEARD-OF' });
    expect([status, body.data]).toEqual([200, { type: 'redemption_check', usable: false, reason: 'not_found' }]);
  });

  test.each([
    [{}, 'data.code'],
    [{ code: '' }, 'data.code'],
    [{ code: 'A', customer: 7 }, 'data.customer'],
    [{ code: 'A', shopper_ip: 'here' }, 'data.shopper_ip'],
    [{ code: 'A', type: 'redemption' }, 'data.type'],
  ])('refuses %j and names %s', async (data, source) => {
    const { status, body } = await post(`${redemptions}/check`, data);
    expect([status, body.errors[0].source]).toEqual([400, source]);
  });

  test('answers 429 with Retry-After after an address tried 20 unknown codes', async () => {
    const { code } = await seedCode(db);
    const shopper_ip = '2001:db8::1';
    for (let i = 0; i < 20; i += 1) {
      const told =
        i % 2 ? await redeem(`UNKNOWN-${i}`, { shopper_ip }) : await post(`${redemptions}/check`, { code: `UNKNOWN-${i}`, shopper_ip });
      expect(told.status).toBe(i % 2 ? 422 : 200);
    }
    const refused = await post(`${redemptions}/check`, { code, shopper_ip: '2001:db8::2' });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(300);
    expect((await redeem(code, { shopper_ip }, { headers: { 'idempotency-key': randomUUID() } })).status).toBe(429);
    expect((await post(`${redemptions}/check`, { code, shopper_ip: '2001:db8:1::1' })).body.data.usable).toBe(true);
  });
});

describe('POST /v2/promotions/redemptions', () => {
  test('answers 201 and the redemption, and GET answers the same', async () => {
    const { code, promotionId } = await seedCode(db, { uses: 3, consume_unit: 'per_item' });
    const { status, body } = await post(redemptions, { codes: [{ code, quantity: 2 }], order: 'o-1', customer: 'ann' });
    expect(status).toBe(201);
    const { id } = body.data;
    const created_at = expect.stringMatching(/^\d{4}-.*Z$/);
    expect(body.data).toEqual({
      type: 'redemption',
      id,
      status: 'redeemed',
      codes: [{ code, promotion_id: promotionId, usage_id: id, quantity: 2, returned: 0 }],
      order: 'o-1',
      customer: 'ann',
      meta: { timestamps: { created_at, updated_at: created_at } },
    });
    expect((await call(`${redemptions}/${id}`)).body).toEqual(body);
    const codes = await call(`/v2/promotions/${promotionId}/codes`, { role: 'write' });
    expect(codes.body.data).toMatchObject([{ code, uses: 1, max_uses: 3 }]);
  });

  test('answers 422 with the reason at each code, and takes none', async () => {
    const [good, off] = [await seedCode(db, { uses: 1 }), await seedCode(db, {}, { enabled: false })];
    const { status, body } = await post(redemptions, { codes: [{ code: good.code }, { code: off.code }, { code: 'UNHEARD-OF' }] });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([
      { title: 'Code cannot be redeemed', source: 'data.codes.1.code', reason: 'promotion_off' },
      { title: 'Code cannot be redeemed', source: 'data.codes.2.code', reason: 'not_found' },
    ]);
    expect(await usesLeft(db, good.code)).toBe(1);
  });

  test('takes a use once for an Idempotency-Key, also when ten calls come at once', async () => {
    const { code } = await seedCode(db, { uses: 10 });
    const headers = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(Array.from({ length: 10 }, () => redeem(code, { order: '7' }, { headers })));
    const created = answers.filter(({ status }) => status === 201);
    expect(created.length).toBeGreaterThan(0);
    expect(answers.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(new Set([...created, await redeem(code, { order: '7' }, { headers })].map(({ body }) => body.data.id)).size).toBe(1);
    expect(await usesLeft(db, code)).toBe(9);
    expect((await redeem(code, { order: '8' }, { headers })).status).toBe(422);
  });

  test('answers each of 300 customers who use one code without a limit, a hundred at once', async () => {
    const { code } = await seedCode(db);
    const answers: Told[] = [];
    for (let batch = 0; batch < 3; batch += 1) {
      // A client has 100 requests a second.
      const { token } = await seedClient(db, 'redeem');
      const calls = Array.from({ length: 100 }, () => redeem(code, {}, { token, headers: { 'idempotency-key': randomUUID() } }));
      answers.push(...(await Promise.all(calls)));
    }
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]));
  });

  test('lets a call with the same key succeed after it was refused', async () => {
    const { code } = await seedCode(db, { uses: 1 });
    const first = (await redeem(code)).body.data.id;
    const headers = { 'idempotency-key': randomUUID() };
    expect((await redeem(code, {}, { headers })).status).toBe(422);
    await act(first, 'rollback');
    expect((await redeem(code, {}, { headers })).status).toBe(201);
  });

  test.each<[object, string]>([
    [{}, 'data.codes'],
    [{ codes: [] }, 'data.codes'],
    [{ codes: 'A' }, 'data.codes'],
    [{ codes: ['A'] }, 'data.codes.0'],
    [{ codes: [{}] }, 'data.codes.0.code'],
    [{ codes: Array.from({ length: 51 }, (_, i) => ({ code: `A${i}` })) }, 'data.codes'],
    [{ codes: [{ code: 'A' }, { code: 'a' }] }, 'data.codes.1.code'],
    ...[0, -1, 1.5, '2', 10_001].map((quantity): [object, string] => [{ codes: [{ code: 'A', quantity }] }, 'data.codes.0.quantity']),
    ...[0, -1, 1.5, '60', 86_401].map((hold_seconds): [object, string] => [{ codes: [{ code: 'A' }], hold_seconds }, 'data.hold_seconds']),
    [{ codes: [{ code: 'A' }], order: 7 }, 'data.order'],
    [{ codes: [{ code: 'A' }], order: 'x'.repeat(101) }, 'data.order'],
    [{ codes: [{ code: 'A' }], customer: { id: 1 } }, 'data.customer'],
  ])('refuses %j and names %s', async (data, source) => {
    const { status, body } = await post(redemptions, data);
    expect([status, body.errors[0].source]).toEqual([400, source]);
  });

  test('reads null as a field left out', async () => {
    const { code } = await seedCode(db);
    const { status } = await post(redemptions, { codes: [{ code, quantity: null }], order: null, customer: null, hold_seconds: null });
    expect(status).toBe(201);
  });
});

describe('a held redemption', () => {
  test('is confirmed once, and a repeated call answers the same', async () => {
    const { code } = await seedCode(db, { uses: 1 });
    const held = (await redeem(code, { hold_seconds: 86_400 })).body.data;
    expect(held).toMatchObject({ status: 'held', held_until: expect.any(String) });
    const confirmed = await act(held.id, 'confirm');
    expect(confirmed.body.data).toMatchObject({ id: held.id, status: 'redeemed' });
    expect(confirmed.body.data).not.toHaveProperty('held_until');
    expect((await act(held.id, 'confirm')).body).toEqual(confirmed.body);
  });

  test('that ran out cannot be confirmed, and its use is free', async () => {
    const { code, promotionId } = await seedCode(db, { uses: 1 });
    const held = (await redeem(code, { hold_seconds: 1 })).body.data;
    await endHolds(db);
    const codes = await call(`/v2/promotions/${promotionId}/codes`, { role: 'write' });
    expect(codes.body.data).toMatchObject([{ uses: 1 }]);
    expect((await act(held.id, 'confirm')).status).toBe(422);
    expect((await call(`${redemptions}/${held.id}`)).body.data).toMatchObject({ status: 'expired', codes: [{ returned: 1 }] });
    expect((await redeem(code)).status).toBe(201);
  });
});

describe('POST /v2/promotions/redemptions/{id}/rollback', () => {
  test('gives everything back without a body, and a repeated call answers the same', async () => {
    const { code } = await seedCode(db, { uses: 1 });
    const { id } = (await redeem(code)).body.data;
    const first = await act(id, 'rollback');
    expect(first.body.data).toMatchObject({ status: 'rolled_back', codes: [{ returned: 1 }] });
    expect((await act(id, 'rollback', {})).body).toEqual(first.body);
    expect(await usesLeft(db, code)).toBe(1);
  });

  test('gives a part back, and refuses more than was taken', async () => {
    const { code } = await seedCode(db, { uses: 5, consume_unit: 'per_item' });
    const { id } = (await post(redemptions, { codes: [{ code, quantity: 3 }] })).body.data;
    expect((await act(id, 'rollback', { codes: [{ code, quantity: 2 }] })).body.data).toMatchObject({
      status: 'redeemed',
      codes: [{ returned: 2 }],
    });
    const refused = await act(id, 'rollback', { codes: [{ code, quantity: 4 }] });
    expect([refused.status, refused.body.errors[0].source]).toEqual([422, 'data.codes.0.quantity']);
    expect(await usesLeft(db, code)).toBe(4);
  });
});

describe('the right to redeem', () => {
  const unknown = `${redemptions}/00000001-0000-8000-8000-000000000000`;

  test.each(['x', randomUUID(), '00000001-0000-8000-8000-000000000000'])('is answered with 404 for the redemption %s', async (id) => {
    expect((await call(`${redemptions}/${id}`)).status).toBe(404);
    expect((await act(id, 'confirm')).status).toBe(404);
    expect((await act(id, 'rollback')).status).toBe(404);
  });

  test('belongs to clients with the roles redeem and write, not read', async () => {
    const { code } = await seedCode(db);
    const calls = (role: ClientRole) =>
      Promise.all([
        post(`${redemptions}/check`, { code }, { role }),
        post(redemptions, { codes: [{ code }] }, { role }),
        call(unknown, { role }),
        post(`${unknown}/confirm`, undefined, { role }),
        post(`${unknown}/rollback`, undefined, { role }),
      ]);
    const statuses = async (role: ClientRole) => (await calls(role)).map(({ status }) => status);
    expect(await statuses('redeem')).toEqual([200, 201, 404, 404, 404]);
    expect(await statuses('write')).toEqual([200, 201, 404, 404, 404]);
    expect(await statuses('read')).toEqual([403, 403, 403, 403, 403]);
  });

  test('alone lets a client read and change nothing else', async () => {
    const { promotionId, code } = await seedCode(db);
    const promotion = `/v2/promotions/${promotionId}`;
    const paths = [
      promotion,
      '/v2/promotions',
      `${promotion}/codes`,
      `${promotion}/jobs`,
      `${promotion}/usages`,
      `${promotion}/codes/${code}/usages`,
    ];
    for (const path of paths) expect((await call(path)).status, path).toBe(403);
    expect((await post('/v2/promotions/usages/anonymize', { usage_ids: ['x'] })).status).toBe(403);
    expect((await post(`${promotion}/jobs`, {})).status).toBe(403);
  });
});

describe('usages', () => {
  const read = { role: 'read' } as const;

  test('stand in the shape of the vendor, with filters, sorting and pages', async () => {
    const { code, promotionId } = await seedCode(db);
    const ids: string[] = [];
    for (const order of ['1', '2', '3']) ids.push((await redeem(code, { order, customer: 'ann' })).body.data.id);
    const usages = `/v2/promotions/${promotionId}/usages`;
    const { body } = await call(usages, read);
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual(ids.toReversed());
    expect(body.data[2]).toEqual({
      id: ids[0],
      order_id: '1',
      code_id: expect.any(String),
      code,
      times_used: 1,
      used_on: expect.any(String),
      customer_id: 'ann',
      meta: { timestamps: { updated_at: expect.any(String) } },
      anonymized: false,
    });
    expect(body.meta.results.total).toBe(3);
    const idsAt = async (query: string, path = usages) =>
      (await call(`${path}?${query}`, read)).body.data.map(({ id }: { id: string }) => id);
    expect(await idsAt(`filter=eq(id,${ids[1]})`)).toEqual([ids[1]]);
    expect(await idsAt(`filter=eq(code,${code.toLowerCase()})&sort=used_on&page[limit]=2`)).toEqual(ids.slice(0, 2));
    expect(await idsAt('filter=gt(used_on,2020-01-01):le(used_on,2100-01-01)&sort=-order_id')).toEqual(ids.toReversed());
    expect(await idsAt('filter=lt(used_on,2020-01-01)')).toEqual([]);
    expect(await idsAt(`filter=ge(used_on,${body.data[0].used_on}):eq(id,${ids[2]})`)).toEqual([ids[2]]);
    expect(await idsAt('', `/v2/promotions/${promotionId}/codes/${code.toLowerCase()}/usages`)).toEqual(ids);
    const { links } = (await call(`${usages}?sort=used_on&page[limit]=1`, read)).body;
    expect(links.next).toContain('sort=used_on&page[offset]=1');
  });

  test.each([
    'filter=eq(order_id,1)',
    'filter=gt(used_on,yesterday)',
    'filter=gt(code,a)',
    'filter=eq(used_on,2023-01-01)',
    'sort=colour',
    'sort=',
  ])('refuse %s with 400', async (query) => {
    const { promotionId } = await seedCode(db);
    expect((await call(`/v2/promotions/${promotionId}/usages?${query}`, read)).status).toBe(400);
  });

  test('of an unknown promotion or code are 404', async () => {
    const { promotionId } = await seedCode(db);
    expect((await call(`/v2/promotions/${randomUUID()}/usages`, read)).status).toBe(404);
    expect((await call(`/v2/promotions/${promotionId}/codes/NONE/usages`, read)).status).toBe(404);
  });

  test('are anonymized by their ids; unknown ids are errors beside the data', async () => {
    const { code } = await seedCode(db);
    const { id } = (await redeem(code, { order: '1', customer: 'ann' })).body.data;
    const anonymize = (data: object) => post('/v2/promotions/usages/anonymize', data, { role: 'write' });
    const { status, body } = await anonymize({ usage_ids: [id, 'unknown'] });
    expect(status).toBe(200);
    expect(body.data).toMatchObject([{ id, order_id: '1', anonymized: true, updated_by: expect.any(String) }]);
    expect(body.data[0]).not.toHaveProperty('customer_id');
    expect(body.errors).toEqual([
      { status: '404', title: 'Could not anonymize some usages', detail: 'Usages not found.', meta: { usage_ids: ['unknown'] } },
    ]);
    expect(await anonymize({ usage_ids: [id] })).toMatchObject({ body: { data: [{ id }] } });
    expect((await anonymize({})).status).toBe(400);
    expect((await call(`${redemptions}/${id}`)).body.data).not.toHaveProperty('customer');
  });
});

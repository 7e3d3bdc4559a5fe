import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { openApiDocument } from '#lib/api/openapi/document';
import { type ApiRequest, type ApiResponse, callApi, seedClient } from '#lib/testing/api';
import { answerValidator } from '#lib/testing/contract';
import { db } from '#lib/testing/database';
import { endHolds, seedCode, usesLeft, wrongCounts } from '#lib/testing/redemptions';
import type { ClientRole } from '#prisma/enums';

// Every response must match the OpenAPI document.

const validate = answerValidator(await openApiDocument('http://promint.test'));
const redemptions = '/v2/promotions/redemptions';
let tokens: Record<ClientRole, string>;

beforeAll(async () => {
  const [read, redeem, write] = await Promise.all([seedClient(db, 'read'), seedClient(db, 'redeem'), seedClient(db, 'write')]);
  tokens = { read: read.token, redeem: redeem.token, write: write.token };
});

afterEach(async () => expect(await wrongCounts(db)).toEqual([]));

async function call(path: string, request: ApiRequest & { role?: ClientRole } = {}): Promise<ApiResponse> {
  const { role = 'redeem', ...rest } = request;
  const response = await callApi(path, { token: tokens[role], ...rest });
  expect(validate(rest.method ?? 'GET', path.replace(/\?.*/, ''), response.status, response.body)).toEqual([]);
  return response;
}

const post = (path: string, data?: unknown, more: ApiRequest & { role?: ClientRole } = {}) =>
  call(path, { method: 'POST', ...(data !== undefined && { body: { data } }), ...more });
const redeem = (code: string, more: object = {}, request: ApiRequest = {}) =>
  post(redemptions, { type: 'redemption', codes: [{ code }], ...more }, request);
const act = (id: string, verb: 'confirm' | 'rollback', data?: unknown) => post(`${redemptions}/${id}/${verb}`, data);

describe('POST /v2/promotions/redemptions/check', () => {
  test('POST /redemptions/check answers with the promotion, remaining uses and maximum of a usable code', async () => {
    const { code, promotionId, name } = await seedCode(db, { uses: 2 });
    const { status, body } = await post(`${redemptions}/check`, { type: 'redemption_check', code });
    expect(status).toBe(200);
    expect(body.data).toMatchObject({ type: 'redemption_check', usable: true, uses: 2, max_uses: 2, promotion: { id: promotionId, name } });
    expect(body.data).not.toHaveProperty('reason');
  });

  test('POST /redemptions/check answers without uses for a code without a limit', async () => {
    const { code } = await seedCode(db);
    const { body } = await post(`${redemptions}/check`, { code });
    expect(Object.keys(body.data).sort()).toEqual(['promotion', 'type', 'usable']);
  });

  test('POST /redemptions/check answers 200 with the reason not_found for an unknown code', async () => {
    const { status, body } = await post(`${redemptions}/check`, { code: 'UNKNOWN-CODE' });
    expect([status, body.data]).toEqual([200, { type: 'redemption_check', usable: false, reason: 'not_found' }]);
  });

  test.each([
    [{}, 'data.code'],
    [{ code: '' }, 'data.code'],
    [{ code: 'A', customer: 7 }, 'data.customer'],
    [{ code: 'A', shopper_ip: 'here' }, 'data.shopper_ip'],
    [{ code: 'A', type: 'redemption' }, 'data.type'],
  ])('POST /redemptions/check answers 400 for %j and names %s', async (data, source) => {
    const { status, body } = await post(`${redemptions}/check`, data);
    expect([status, body.errors[0].source]).toEqual([400, source]);
  });

  test('POST /redemptions/check answers 429 with Retry-After after 20 unknown codes from one address', async () => {
    const { code } = await seedCode(db);
    const shopper_ip = '2001:db8::1';
    for (let i = 0; i < 20; i += 1) {
      const response =
        i % 2 ? await redeem(`UNKNOWN-${i}`, { shopper_ip }) : await post(`${redemptions}/check`, { code: `UNKNOWN-${i}`, shopper_ip });
      expect(response.status).toBe(i % 2 ? 422 : 200);
    }
    const rejected = await post(`${redemptions}/check`, { code, shopper_ip: '2001:db8::2' });
    expect(rejected.status).toBe(429);
    expect(Number(rejected.headers.get('retry-after'))).toBeGreaterThan(300);
    expect((await redeem(code, { shopper_ip }, { headers: { 'idempotency-key': randomUUID() } })).status).toBe(429);
    expect((await post(`${redemptions}/check`, { code, shopper_ip: '2001:db8:1::1' })).body.data.usable).toBe(true);
  });
});

describe('POST /v2/promotions/redemptions', () => {
  test('POST /redemptions answers 201 with the redemption, and GET /redemptions/:id returns the same', async () => {
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

  test('POST /redemptions answers 422 with the reason for each code and redeems none', async () => {
    const [good, off] = [await seedCode(db, { uses: 1 }), await seedCode(db, {}, { enabled: false })];
    const { status, body } = await post(redemptions, { codes: [{ code: good.code }, { code: off.code }, { code: 'UNKNOWN-CODE' }] });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([
      { title: 'Code cannot be redeemed', source: 'data.codes.1.code', reason: 'promotion_off' },
      { title: 'Code cannot be redeemed', source: 'data.codes.2.code', reason: 'not_found' },
    ]);
    expect(await usesLeft(db, good.code)).toBe(1);
  });

  test('ten concurrent POST /redemptions with one Idempotency-Key redeem one use', async () => {
    const { code } = await seedCode(db, { uses: 10 });
    const headers = { 'idempotency-key': randomUUID() };
    const responses = await Promise.all(Array.from({ length: 10 }, () => redeem(code, { order: '7' }, { headers })));
    const created = responses.filter(({ status }) => status === 201);
    expect(created.length).toBeGreaterThan(0);
    expect(responses.every(({ status }) => status === 201 || status === 409)).toBe(true);
    expect(new Set([...created, await redeem(code, { order: '7' }, { headers })].map(({ body }) => body.data.id)).size).toBe(1);
    expect(await usesLeft(db, code)).toBe(9);
    expect((await redeem(code, { order: '8' }, { headers })).status).toBe(422);
  });

  test('POST /redemptions answers 201 for 300 redemptions of one code, 100 at a time', async () => {
    const { code } = await seedCode(db);
    const responses: ApiResponse[] = [];
    for (let batch = 0; batch < 3; batch += 1) {
      // The rate limit of a client is 100 requests per second.
      const { token } = await seedClient(db, 'redeem');
      const calls = Array.from({ length: 100 }, () => redeem(code, {}, { token, headers: { 'idempotency-key': randomUUID() } }));
      responses.push(...(await Promise.all(calls)));
    }
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([201]));
  });

  test('POST /redemptions accepts an Idempotency-Key again after a rejected call', async () => {
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
  ])('POST /redemptions answers 400 for %j and names %s', async (data, source) => {
    const { status, body } = await post(redemptions, data);
    expect([status, body.errors[0].source]).toEqual([400, source]);
  });

  test('POST /redemptions treats null as an omitted field', async () => {
    const { code } = await seedCode(db);
    const { status } = await post(redemptions, { codes: [{ code, quantity: null }], order: null, customer: null, hold_seconds: null });
    expect(status).toBe(201);
  });
});

describe('a held redemption', () => {
  test('POST /redemptions/:id/confirm confirms a held redemption and answers the same when repeated', async () => {
    const { code } = await seedCode(db, { uses: 1 });
    const held = (await redeem(code, { hold_seconds: 86_400 })).body.data;
    expect(held).toMatchObject({ status: 'held', held_until: expect.any(String) });
    const confirmed = await act(held.id, 'confirm');
    expect(confirmed.body.data).toMatchObject({ id: held.id, status: 'redeemed' });
    expect(confirmed.body.data).not.toHaveProperty('held_until');
    expect((await act(held.id, 'confirm')).body).toEqual(confirmed.body);
  });

  test('POST /redemptions/:id/confirm answers 422 for an expired hold, whose use is available again', async () => {
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
  test('POST /redemptions/:id/rollback without a body returns all uses and answers the same when repeated', async () => {
    const { code } = await seedCode(db, { uses: 1 });
    const { id } = (await redeem(code)).body.data;
    const first = await act(id, 'rollback');
    expect(first.body.data).toMatchObject({ status: 'rolled_back', codes: [{ returned: 1 }] });
    expect((await act(id, 'rollback', {})).body).toEqual(first.body);
    expect(await usesLeft(db, code)).toBe(1);
  });

  test('POST /redemptions/:id/rollback returns some uses and answers 422 for more than were redeemed', async () => {
    const { code } = await seedCode(db, { uses: 5, consume_unit: 'per_item' });
    const { id } = (await post(redemptions, { codes: [{ code, quantity: 3 }] })).body.data;
    expect((await act(id, 'rollback', { codes: [{ code, quantity: 2 }] })).body.data).toMatchObject({
      status: 'redeemed',
      codes: [{ returned: 2 }],
    });
    const rejected = await act(id, 'rollback', { codes: [{ code, quantity: 4 }] });
    expect([rejected.status, rejected.body.errors[0].source]).toEqual([422, 'data.codes.0.quantity']);
    expect(await usesLeft(db, code)).toBe(4);
  });
});

describe('the permission to redeem', () => {
  const unknown = `${redemptions}/00000001-0000-8000-8000-000000000000`;

  test.each(['x', randomUUID(), '00000001-0000-8000-8000-000000000000'])(
    'GET, confirm and rollback answer 404 for the redemption %s',
    async (id) => {
      expect((await call(`${redemptions}/${id}`)).status).toBe(404);
      expect((await act(id, 'confirm')).status).toBe(404);
      expect((await act(id, 'rollback')).status).toBe(404);
    },
  );

  test('clients with the roles redeem and write can redeem, and clients with the role read cannot', async () => {
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

  test('a client with the role redeem gets 403 for all other calls', async () => {
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

import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { openApiDocument } from '#lib/api/openapi/document';
import { type ApiRequest, type ApiResponse, callApi, seedClient } from '#lib/testing/api';
import { answerValidator } from '#lib/testing/contract';
import { db } from '#lib/testing/database';
import { seedCode } from '#lib/testing/redemptions';

// Every response must match the OpenAPI document.

const validate = answerValidator(await openApiDocument('http://promint.test'));
const redemptions = '/v2/promotions/redemptions';
let token: string;

beforeAll(async () => {
  ({ token } = await seedClient(db, 'write'));
});

async function call(path: string, request: ApiRequest = {}): Promise<ApiResponse> {
  const response = await callApi(path, { token, ...request });
  expect(validate(request.method ?? 'GET', path.replace(/\?.*/, ''), response.status, response.body)).toEqual([]);
  return response;
}

const post = (path: string, data: object) => call(path, { method: 'POST', body: { data } });
const redeem = async (code: string, more: object): Promise<string> =>
  (await post(redemptions, { type: 'redemption', codes: [{ code }], ...more })).body.data.id;

describe('usages', () => {
  test('GET /usages lists usages in the format of the vendor with filters, sorting and pages', async () => {
    const { code, promotionId } = await seedCode(db);
    const ids: string[] = [];
    for (const order of ['1', '2', '3']) ids.push(await redeem(code, { order, customer: 'ann' }));
    const usages = `/v2/promotions/${promotionId}/usages`;
    const { body } = await call(usages);
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
    const idsAt = async (query: string, path = usages) => (await call(`${path}?${query}`)).body.data.map(({ id }: { id: string }) => id);
    expect(await idsAt(`filter=eq(id,${ids[1]})`)).toEqual([ids[1]]);
    expect(await idsAt(`filter=eq(code,${code.toLowerCase()})&sort=used_on&page[limit]=2`)).toEqual(ids.slice(0, 2));
    expect(await idsAt('filter=gt(used_on,2020-01-01):le(used_on,2100-01-01)&sort=-order_id')).toEqual(ids.toReversed());
    expect(await idsAt('filter=lt(used_on,2020-01-01)')).toEqual([]);
    expect(await idsAt(`filter=ge(used_on,${body.data[0].used_on}):eq(id,${ids[2]})`)).toEqual([ids[2]]);
    expect(await idsAt('', `/v2/promotions/${promotionId}/codes/${code.toLowerCase()}/usages`)).toEqual(ids);
    const { links } = (await call(`${usages}?sort=used_on&page[limit]=1`)).body;
    expect(links.next).toContain('sort=used_on&page[offset]=1');
  });

  test.each([
    'filter=eq(order_id,1)',
    'filter=gt(used_on,yesterday)',
    'filter=gt(code,a)',
    'filter=eq(used_on,2023-01-01)',
    'sort=colour',
    'sort=',
  ])('GET /usages answers 400 for %s', async (query) => {
    const { promotionId } = await seedCode(db);
    expect((await call(`/v2/promotions/${promotionId}/usages?${query}`)).status).toBe(400);
  });

  test('GET /usages answers 404 for an unknown promotion or code', async () => {
    const { promotionId } = await seedCode(db);
    expect((await call(`/v2/promotions/${randomUUID()}/usages`)).status).toBe(404);
    expect((await call(`/v2/promotions/${promotionId}/codes/NONE/usages`)).status).toBe(404);
  });

  test('POST /usages/anonymize anonymizes usages by id and reports unknown ids as errors', async () => {
    const { code } = await seedCode(db);
    const id = await redeem(code, { order: '1', customer: 'ann' });
    const anonymize = (data: object) => post('/v2/promotions/usages/anonymize', data);
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

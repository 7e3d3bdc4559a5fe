import { expect, test } from '../support/api-client.ts';

test('the API answers malformed, oversized and unknown requests with the documented errors', async ({
  address,
  client,
  credentials,
  checkedFetch,
}) => {
  const { access_token } = await client.Authenticate();
  const call = async (path: string, init: RequestInit = {}, token = access_token, by = checkedFetch) => {
    const response = await by(`${address}${path}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
    await response.arrayBuffer();
    return response;
  };
  const json = { 'content-type': 'application/json' };
  const jobs = `/v2/promotions/${crypto.randomUUID()}/jobs`;
  expect((await call(jobs, {}, 'a'.repeat(102_400))).status).toBe(401);
  expect((await call('/v2/promotions', { headers: { authorization: '', cookie: `next-auth.session-token=${access_token}` } })).status).toBe(
    401,
  );
  for (const path of ['%E0%A4%A', '..%2f', '%00', 'a%2Fb']) expect((await call(`/v2/promotions/${path}/jobs`)).status).toBe(404);
  // The OpenAPI document does not describe these calls, so they are not validated.
  const callUnchecked = (path: string, init: RequestInit = {}) => call(path, init, access_token, fetch);
  expect((await callUnchecked('/v2/nothing')).status).toBe(404);
  expect((await callUnchecked('/v2/promotions/?page[limit]=1')).status).toBe(200);
  const refused = await callUnchecked('/v2/promotions', { method: 'PATCH', headers: json, body: '{}' });
  expect([refused.status, refused.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
  expect((await call(jobs, { method: 'POST', headers: { 'content-type': 'application/xml' }, body: '<a/>' })).status).toBe(415);
  const times: number[] = [];
  const [large, deep] = ['a'.repeat(10_485_760), '['.repeat(100_000)];
  for (const body of [large, deep, large, deep, large, deep]) {
    const started = performance.now();
    expect([400, 413]).toContain((await call(jobs, { method: 'POST', headers: json, body })).status);
    times.push(performance.now() - started);
  }
  expect(Math.min(...times)).toBeLessThan(100);
  const basic = `Basic ${btoa(`${credentials.client_id}:${credentials.client_secret}`)}`;
  const form = { 'content-type': 'application/x-www-form-urlencoded', authorization: basic };
  const token = await checkedFetch(`${address}/oauth/access_token`, {
    method: 'POST',
    headers: form,
    body: 'grant_type=client_credentials',
  });
  expect([token.status, token.headers.get('cache-control')]).toEqual([200, 'no-store']);
});

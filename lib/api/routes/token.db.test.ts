import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { revokeClient } from '#lib/clients/revoke';
import { failedTokenRequests } from '#lib/clients/throttle';
import { issueToken, tokenSeconds } from '#lib/clients/token';
import { databaseNow } from '#lib/database/clock.sql';
import { type ApiRequest, callApi, seedClient } from '#lib/testing/api';
import { administrator, db } from '#lib/testing/database';

const path = '/oauth/access_token';
const grant = { grant_type: 'client_credentials' };
const form = (fields: Record<string, string>, request: ApiRequest = {}) =>
  callApi(path, { method: 'POST', raw: new URLSearchParams(fields), ...request });
const basic = (id: string, secret: string) => ({ authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` });
const list = (token?: string, headers?: Record<string, string>) => callApi(`/v2/promotions/${randomUUID()}/jobs`, { token, headers });

describe('POST /oauth/access_token', () => {
  test('POST /oauth/access_token issues a token for credentials in the body or in HTTP Basic', async () => {
    const { client_id, client_secret } = await seedClient(db);
    for (const response of [
      await form({ ...grant, client_id, client_secret }),
      await form(grant, { headers: basic(client_id, client_secret) }),
    ]) {
      expect(response.status).toBe(200);
      expect(response.body).toEqual({
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 3600,
        expires: expect.any(Number),
        identifier: 'client_credentials',
      });
      expect(Math.abs(response.body.expires - Date.now() / 1000 - 3600)).toBeLessThan(5);
      expect([response.headers.get('cache-control'), response.headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
      expect(await list(response.body.access_token)).toMatchObject({ status: 404 });
    }
  });

  test('a token is rejected as soon as its client is revoked', async () => {
    const { client_id, token } = await seedClient(db);
    expect(await list(token)).toMatchObject({ status: 404 });
    await revokeClient(db, administrator, { client_id });
    expect(await list(token)).toMatchObject({ status: 401 });
  });

  test.each<[string, Record<string, string>, number, string]>([
    ['without a grant type', { client_id: 'x', client_secret: 'y' }, 400, 'invalid_request'],
    ['with another grant type', { grant_type: 'password', client_id: 'x', client_secret: 'y' }, 400, 'unsupported_grant_type'],
    ['without credentials', grant, 401, 'invalid_client'],
    ['with a scope', { ...grant, client_id: 'x', client_secret: 'y', scope: 'all' }, 400, 'invalid_scope'],
  ])('POST /oauth/access_token rejects a request %s', async (_, fields, status, error) => {
    const response = await form(fields);
    expect([response.status, response.body]).toEqual([status, { error, error_description: expect.any(String) }]);
    expect([response.headers.get('cache-control'), response.headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
    expect(response.headers.has('www-authenticate')).toBe(status === 401);
    expect(response.headers.get('x-request-id')).toBeTruthy();
  });

  test('POST /oauth/access_token answers the same for an unknown client and a wrong secret', async () => {
    const { client_id } = await seedClient(db);
    const wrong = await form({ ...grant, client_id, client_secret: 'no' });
    const unknown = await form({ ...grant, client_id: randomUUID(), client_secret: 'no' });
    const none = await form(grant, { headers: basic('me', 'no') });
    expect([wrong.status, wrong.body.error]).toEqual([401, 'invalid_client']);
    expect([unknown.body, none.body]).toEqual([wrong.body, wrong.body]);
  });

  test.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded', ''])(
    'POST /oauth/access_token reads a form and a JSON object with the Content-Type %j',
    async (type) => {
      const { client_id, client_secret } = await seedClient(db);
      const fields = { ...grant, client_id, client_secret };
      for (const text of [String(new URLSearchParams(fields)), JSON.stringify(fields)])
        expect(await callApi(path, { method: 'POST', raw: Buffer.from(text), headers: { 'content-type': type } })).toMatchObject({
          status: 200,
        });
    },
  );

  test.each(['application/xml', 'multipart/form-data; boundary=x'])(
    'POST /oauth/access_token answers 400 for the Content-Type %s',
    async (type) => {
      const response = await form(grant, { headers: { 'content-type': type } });
      expect([response.status, response.body.error, response.headers.get('cache-control')]).toEqual([400, 'invalid_request', 'no-store']);
    },
  );

  test('/oauth/access_token answers 413 for a large body and 405 for GET', async () => {
    expect(await form({ ...grant, client_id: 'x'.repeat(100_000) })).toMatchObject({ status: 413 });
    const get = await callApi(path);
    expect([get.status, get.headers.get('allow'), get.headers.get('cache-control')]).toEqual([405, 'POST', 'no-store']);
  });
});

describe('failed token requests', () => {
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
  const fail = (address: string) => form({ ...grant, client_id: randomUUID(), client_secret: 'no' }, from(address));

  test('POST /oauth/access_token answers 429 after too many failures from one address, even for valid credentials', async () => {
    const { client_id, client_secret } = await seedClient(db);
    const validRequest = (address: string) => form({ ...grant, client_id, client_secret }, from(address));
    for (let i = 0; i < failedTokenRequests; i += 1) expect(await fail('192.0.2.1')).toMatchObject({ status: 401 });
    const rejected = await fail('192.0.2.1');
    expect([rejected.status, rejected.body]).toEqual([429, { error: expect.any(String), error_description: expect.any(String) }]);
    expect(Number(rejected.headers.get('retry-after'))).toBeGreaterThan(0);
    expect([rejected.headers.get('cache-control'), rejected.headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
    expect(await validRequest('192.0.2.1')).toMatchObject({ status: 429 });
    expect(await validRequest('192.0.2.2')).toMatchObject({ status: 200 });
  });

  test('concurrent failed token requests cannot exceed the limit of an address', async () => {
    const responses = await Promise.all(Array.from({ length: failedTokenRequests * 2 }, () => fail('192.0.2.3')));
    expect(responses.filter(({ status }) => status === 401)).toHaveLength(failedTokenRequests);
  });

  test('successful token requests do not count toward the limit of an address', async () => {
    const { client_id, client_secret } = await seedClient(db);
    const raw = () => form({ ...grant, client_id, client_secret }, from('192.0.2.4'));
    for (let i = 0; i < failedTokenRequests / 2; i += 1) expect(await raw()).toMatchObject({ status: 200 });
    const rows = await db.rateLimit.findMany({ where: { key: { startsWith: 'token-address' }, points: { gt: 0 } } });
    const before = rows.length;
    expect(await fail('192.0.2.4')).toMatchObject({ status: 401 });
    expect(await db.rateLimit.count({ where: { key: { startsWith: 'token-address' }, points: { gt: 0 } } })).toBe(before + 1);
  });
});

describe('a call with a token', () => {
  const calls = (token: string) => Promise.all(Array.from({ length: 300 }, () => list(token)));
  const statuses = (responses: { status: number }[]) => new Set(responses.map(({ status }) => status));

  test('a call with an expired token gets 401 and does not count toward the rate limit of its client', async () => {
    const { client_id, token } = await seedClient(db);
    const secret = await db.clientSecret.findFirstOrThrow({ where: { clientId: client_id } });
    const hourAgo = new Date((await databaseNow(db)).getTime() - tokenSeconds * 1000);
    const { token: expired } = await issueToken({ clientId: client_id, secretId: secret.id }, hourAgo);
    expect(statuses(await calls(expired))).toEqual(new Set([401]));
    expect(await list(token)).toMatchObject({ status: 404 });
  });

  test('calls of a revoked client get 401, or 429 above its rate limit', async () => {
    const { client_id, token } = await seedClient(db);
    await revokeClient(db, administrator, { client_id });
    expect(statuses(await calls(token))).toEqual(new Set([401, 429]));
  });

  test.each(['Bearer: ', 'bearer ', 'BEARER:  '])('a call with the authorization scheme %j is accepted', async (scheme) => {
    const { token } = await seedClient(db);
    expect(await list(undefined, { authorization: `${scheme}${token}` })).toMatchObject({ status: 404 });
  });
});

describe('a call without a valid token', () => {
  test('a call without a token gets exactly the documented 401 response', async () => {
    const response = await list();
    expect([response.status, response.body]).toEqual([401, { errors: [{ status: '401', title: 'Unauthorized' }] }]);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  test.each(['Bearer %', 'Bearer', 'Bearer a.b.c', 'Basic ====', 'Bearer  ', 'bearer x y', `Bearer ${'a'.repeat(100_000)}`])(
    'a call with the authorization %.20s gets 401',
    async (authorization) => {
      const response = await list(undefined, { authorization });
      expect([response.status, response.headers.get('www-authenticate')?.startsWith('Bearer')]).toEqual([401, true]);
    },
  );

  test('an unknown path answers 401 without a token and 404 with one', async () => {
    expect(await callApi('/v2/nothing/here')).toMatchObject({ status: 401 });
    expect(await callApi('/v2/nothing/here', { token: (await seedClient(db)).token })).toMatchObject({ status: 404 });
  });
});

test('a client with the role read gets 403 for a write', async () => {
  const { token } = await seedClient(db, 'read');
  const response = await callApi(`/v2/promotions/${randomUUID()}/jobs`, { method: 'POST', token, body: {} });
  expect([response.status, response.body.errors[0].title]).toEqual([403, 'Forbidden']);
  expect(await list(token)).toMatchObject({ status: 404 });
});

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { revokeClient } from '#lib/clients/revoke';
import { failedTokenRequests } from '#lib/clients/throttle';
import { issueToken, tokenSeconds } from '#lib/clients/token';
import { databaseNow } from '#lib/database/clock.sql';
import { type Asked, ask, seedClient } from '#lib/testing/api';
import { administrator, db } from '#lib/testing/database';

const path = '/oauth/access_token';
const grant = { grant_type: 'client_credentials' };
const form = (fields: Record<string, string>, asked: Asked = {}) =>
  ask(path, { method: 'POST', raw: new URLSearchParams(fields), ...asked });
const basic = (id: string, secret: string) => ({ authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` });
const list = (token?: string, headers?: Record<string, string>) => ask(`/v2/promotions/${randomUUID()}/jobs`, { token, headers });

describe('a token', () => {
  test('is given for credentials in the body or in HTTP Basic, and opens the API', async () => {
    const { client_id, client_secret } = await seedClient(db);
    for (const answer of [
      await form({ ...grant, client_id, client_secret }),
      await form(grant, { headers: basic(client_id, client_secret) }),
    ]) {
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual({
        access_token: expect.any(String),
        token_type: 'Bearer',
        expires_in: 3600,
        expires: expect.any(Number),
        identifier: 'client_credentials',
      });
      expect(Math.abs(answer.body.expires - Date.now() / 1000 - 3600)).toBeLessThan(5);
      expect([answer.headers.get('cache-control'), answer.headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
      expect(await list(answer.body.access_token)).toMatchObject({ status: 404 });
    }
  });

  test('stops working at once when the client is revoked', async () => {
    const { client_id, token } = await seedClient(db);
    expect(await list(token)).toMatchObject({ status: 404 });
    await revokeClient(db, administrator, { client_id });
    expect(await list(token)).toMatchObject({ status: 401 });
  });

  test.each<[string, Record<string, string>, number, string]>([
    ['without a grant type', { client_id: 'x', client_secret: 'y' }, 400, 'invalid_request'],
    ['for another grant', { grant_type: 'password', client_id: 'x', client_secret: 'y' }, 400, 'unsupported_grant_type'],
    ['without credentials', grant, 401, 'invalid_client'],
    ['with a scope', { ...grant, client_id: 'x', client_secret: 'y', scope: 'all' }, 400, 'invalid_scope'],
  ])('is refused %s', async (_, fields, status, error) => {
    const answer = await form(fields);
    expect([answer.status, answer.body]).toEqual([status, { error, error_description: expect.any(String) }]);
    expect([answer.headers.get('cache-control'), answer.headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
    expect(answer.headers.has('www-authenticate')).toBe(status === 401);
    expect(answer.headers.get('x-request-id')).toBeTruthy();
  });

  test('is refused in the same words for an unknown client and a wrong secret', async () => {
    const { client_id } = await seedClient(db);
    const wrong = await form({ ...grant, client_id, client_secret: 'no' });
    const unknown = await form({ ...grant, client_id: randomUUID(), client_secret: 'no' });
    const none = await form(grant, { headers: basic('me', 'no') });
    expect([wrong.status, wrong.body.error]).toEqual([401, 'invalid_client']);
    expect([unknown.body, none.body]).toEqual([wrong.body, wrong.body]);
  });

  test.each(['application/json', 'text/plain', 'application/x-www-form-urlencoded', ''])(
    'is given for a form and for a JSON object that come as %j',
    async (type) => {
      const { client_id, client_secret } = await seedClient(db);
      const fields = { ...grant, client_id, client_secret };
      for (const text of [String(new URLSearchParams(fields)), JSON.stringify(fields)])
        expect(await ask(path, { method: 'POST', raw: Buffer.from(text), headers: { 'content-type': type } })).toMatchObject({
          status: 200,
        });
    },
  );

  test.each(['application/xml', 'multipart/form-data; boundary=x'])('is refused for a body of the type %s', async (type) => {
    const answer = await form(grant, { headers: { 'content-type': type } });
    expect([answer.status, answer.body.error, answer.headers.get('cache-control')]).toEqual([400, 'invalid_request', 'no-store']);
  });

  test('is refused for what is too large, or no POST', async () => {
    expect(await form({ ...grant, client_id: 'x'.repeat(100_000) })).toMatchObject({ status: 413 });
    const get = await ask(path);
    expect([get.status, get.headers.get('allow'), get.headers.get('cache-control')]).toEqual([405, 'POST', 'no-store']);
  });
});

describe('requests for a token that fail', () => {
  const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
  const fail = (address: string) => form({ ...grant, client_id: randomUUID(), client_secret: 'no' }, from(address));

  test('are limited by address, in the form of RFC 6749, and right credentials wait there as well', async () => {
    const { client_id, client_secret } = await seedClient(db);
    const right = (address: string) => form({ ...grant, client_id, client_secret }, from(address));
    for (let i = 0; i < failedTokenRequests; i += 1) expect(await fail('192.0.2.1')).toMatchObject({ status: 401 });
    const refused = await fail('192.0.2.1');
    expect([refused.status, refused.body]).toEqual([429, { error: expect.any(String), error_description: expect.any(String) }]);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect([refused.headers.get('cache-control'), refused.headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
    expect(await right('192.0.2.1')).toMatchObject({ status: 429 });
    expect(await right('192.0.2.2')).toMatchObject({ status: 200 });
  });

  test('are no more when all come at once', async () => {
    const answers = await Promise.all(Array.from({ length: failedTokenRequests * 2 }, () => fail('192.0.2.3')));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(failedTokenRequests);
  });

  test('do not include those that were answered with a token', async () => {
    const { client_id, client_secret } = await seedClient(db);
    const raw = () => form({ ...grant, client_id, client_secret }, from('192.0.2.4'));
    for (let i = 0; i < failedTokenRequests / 2; i += 1) expect(await raw()).toMatchObject({ status: 200 });
    const rows = await db.rateLimit.findMany({ where: { key: { startsWith: 'token-address' }, points: { gt: 0 } } });
    const before = rows.length;
    expect(await fail('192.0.2.4')).toMatchObject({ status: 401 });
    expect(await db.rateLimit.count({ where: { key: { startsWith: 'token-address' }, points: { gt: 0 } } })).toBe(before + 1);
  });
});

describe('a call', () => {
  const calls = (token: string) => Promise.all(Array.from({ length: 300 }, () => list(token)));
  const statuses = (answers: { status: number }[]) => new Set(answers.map(({ status }) => status));

  test('with a token that has ended is refused before the rate of its client counts it', async () => {
    const { client_id, token } = await seedClient(db);
    const secret = await db.clientSecret.findFirstOrThrow({ where: { clientId: client_id } });
    const hourAgo = new Date((await databaseNow(db)).getTime() - tokenSeconds * 1000);
    const { token: ended } = await issueToken({ clientId: client_id, secretId: secret.id }, hourAgo);
    expect(statuses(await calls(ended))).toEqual(new Set([401]));
    expect(await list(token)).toMatchObject({ status: 404 });
  });

  test('of a revoked client is within its rate, or is refused before its row is read', async () => {
    const { client_id, token } = await seedClient(db);
    await revokeClient(db, administrator, { client_id });
    expect(statuses(await calls(token))).toEqual(new Set([401, 429]));
  });

  test.each(['Bearer: ', 'bearer ', 'BEARER:  '])('with the scheme written as %j is read', async (scheme) => {
    const { token } = await seedClient(db);
    expect(await list(undefined, { authorization: `${scheme}${token}` })).toMatchObject({ status: 404 });
  });
});

describe('without a token of this API', () => {
  test('the answer is 401, to the letter', async () => {
    const answer = await list();
    expect([answer.status, answer.body]).toEqual([401, { errors: [{ status: '401', title: 'Unauthorized' }] }]);
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
  });

  test.each(['Bearer %', 'Bearer', 'Bearer a.b.c', 'Basic ====', 'Bearer  ', 'bearer x y', `Bearer ${'a'.repeat(100_000)}`])(
    '%.20s: 401',
    async (authorization) => {
      const answer = await list(undefined, { authorization });
      expect([answer.status, answer.headers.get('www-authenticate')?.startsWith('Bearer')]).toEqual([401, true]);
    },
  );

  test('it does not matter whether the address leads anywhere', async () => {
    expect(await ask('/v2/nothing/here')).toMatchObject({ status: 401 });
    expect(await ask('/v2/nothing/here', { token: (await seedClient(db)).token })).toMatchObject({ status: 404 });
  });
});

test('a client that only reads may not write', async () => {
  const { token } = await seedClient(db, 'read');
  const answer = await ask(`/v2/promotions/${randomUUID()}/jobs`, { method: 'POST', token, body: {} });
  expect([answer.status, answer.body.errors[0].title]).toEqual([403, 'Forbidden']);
  expect(await list(token)).toMatchObject({ status: 404 });
});

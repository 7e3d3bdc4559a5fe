import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { revokeClient } from '#lib/clients/revoke';
import { type Asked, ask, makeClient } from '#lib/testing/api';
import { administrator, db } from '#lib/testing/database';

const path = '/oauth/access_token';
const grant = { grant_type: 'client_credentials' };
const form = (fields: Record<string, string>, asked: Asked = {}) =>
  ask(path, { method: 'POST', raw: new URLSearchParams(fields), ...asked });
const basic = (id: string, secret: string) => ({ authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` });
const list = (token?: string, headers?: Record<string, string>) => ask(`/v2/promotions/${randomUUID()}/jobs`, { token, headers });

describe('a token', () => {
  test('is given for credentials in the body or in HTTP Basic, and opens the API', async () => {
    const { client_id, client_secret } = await makeClient(db);
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
    const { client_id, token } = await makeClient(db);
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
    const { client_id } = await makeClient(db);
    const wrong = await form({ ...grant, client_id, client_secret: 'no' });
    const unknown = await form({ ...grant, client_id: randomUUID(), client_secret: 'no' });
    const none = await form(grant, { headers: basic('me', 'no') });
    expect([wrong.status, wrong.body.error]).toEqual([401, 'invalid_client']);
    expect([unknown.body, none.body]).toEqual([wrong.body, wrong.body]);
  });

  test('is refused for what is no form, too large, or no POST', async () => {
    const json = await ask(path, { method: 'POST', body: grant });
    expect([json.status, json.body.error]).toEqual([400, 'invalid_request']);
    expect(await form({ ...grant, client_id: 'x'.repeat(100_000) })).toMatchObject({ status: 413 });
    const get = await ask(path);
    expect([get.status, get.headers.get('allow'), get.headers.get('cache-control')]).toEqual([405, 'POST', 'no-store']);
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
    expect(await ask('/v2/nothing/here', { token: (await makeClient(db)).token })).toMatchObject({ status: 404 });
  });
});

test('a client that only reads may not write', async () => {
  const { token } = await makeClient(db, 'read');
  const answer = await ask(`/v2/promotions/${randomUUID()}/jobs`, { method: 'POST', token, body: {} });
  expect([answer.status, answer.body.errors[0].title]).toEqual([403, 'Forbidden']);
  expect(await list(token)).toMatchObject({ status: 404 });
});

import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerApi } from '#lib/server/web/api';
import { normalizeProxyHeaders } from '#lib/server/web/proxy-headers';
import { seedClient } from '#lib/testing/api';
import { db } from '#lib/testing/database';

// `normalize-request.ts` sets the header the same way for a target in absolute form.
const normalizedHost = 'codes.example.com';
const server = createServer((incoming, response) => {
  incoming.headers.host = normalizedHost;
  normalizeProxyHeaders(incoming.headers, incoming.socket.remoteAddress, { trustedProxies: 0, appUrl: undefined });
  if (!answerApi(incoming, response)) response.end('not the API');
});

beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => void server.close());

async function send(method: string, path: string, headers: Record<string, string>, body?: string) {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  const sent = request({ port: address.port, method, path, headers, agent: false });
  sent.end(body);
  const [response] = await once(sent, 'response');
  return { status: response.statusCode, text: Buffer.concat(await response.toArray()).toString() };
}

test('answerApi passes the normalized headers of a request to the API, not the original ones', async () => {
  const { token } = await seedClient(db);
  const original = { authorization: `Bearer ${token}`, host: 'original.example.com', 'x-forwarded-host': 'forwarded.example.com' };
  const { text } = await send('GET', '/v2/promotions', original);
  expect(JSON.parse(text).links.first).toMatch(/^http:\/\/codes\.example\.com\//);
});

test('answerApi answers the addresses of the API and returns false for all others', async () => {
  const { token } = await seedClient(db);
  const authorization = `Bearer ${token}`;
  expect((await send('GET', '/v2/promotions?page[limit]=1', { authorization })).status).toBe(200);
  expect((await send('HEAD', '/v2/promotions', { authorization })).status).toBe(200);
  expect((await send('GET', '/openapi.json', {})).status).toBe(200);
  expect((await send('GET', '/v2x', {})).text).toBe('not the API');
});

test('answerApi answers a body of 300 KB with 413', async () => {
  const { token } = await seedClient(db);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'transfer-encoding': 'chunked' };
  expect((await send('POST', '/v2/promotions', headers, ' '.repeat(300_000))).status).toBe(413);
});

import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { normalizeRequest } from '#lib/server/web/normalize-request';

// Answers with the normalized address and method, which Next would receive.
const server = createServer((incoming, response) => {
  if (!normalizeRequest(incoming, response)) response.setHeader('x-method', incoming.method ?? '').end(incoming.url);
});

beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => void server.close());

async function send(path: string, method = 'GET') {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  const sent = request({ port: address.port, path, method, agent: false });
  sent.end();
  const [response] = await once(sent, 'response');
  const chunks = await response.toArray();
  return {
    status: response.statusCode,
    allow: response.headers.allow,
    method: response.headers['x-method'],
    url: Buffer.concat(chunks).toString(),
  };
}

test.each(['/', '/v2/promotions', '/promotions/', '/v2/promotions/a%2Fb/codes/..%2f?x=%', '/a/../b', '/v2x/../y'])(
  'normalizeRequest does not change %s',
  async (path) => {
    expect(await send(path)).toMatchObject({ status: 200, url: path });
  },
);

test.each([
  '/v2/promotions/%E0%A4%A',
  '/v2/%',
  '/v2/promotions/../jobs',
  '/v2//promotions',
  '/v2/promotions/.',
  '/v2/..',
  '/v2/promotions/%2E.',
  '/v2/%2e/x',
  '/v2/promotions\\jobs',
])('normalizeRequest replaces %s by an address that the API answers with 404', async (path) => {
  expect(await send(path)).toMatchObject({ status: 200, url: '/v2/-' });
});

test('normalizeRequest replaces the undecodable address of a page by one that Next answers with 404', async () => {
  expect(await send('/promotions/%E0%A4%A')).toMatchObject({ url: '/-' });
});

test.each([
  ['/v2/promotions/', '/v2/promotions'],
  ['/v2/promotions/?page[limit]=1', '/v2/promotions?page[limit]=1'],
  ['/oauth/access_token/', '/oauth/access_token'],
])('normalizeRequest changes %s to %s', async (path, url) => {
  expect(await send(path)).toMatchObject({ status: 200, url });
});

test.each(['TRACE', 'PROPFIND', 'LINK'])(
  'normalizeRequest answers the method %s of a page with 405 and the allowed methods',
  async (method) => {
    expect(await send('/promotions', method)).toMatchObject({ status: 405, allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' });
  },
);

test.each(['/v2/promotions', '/oauth/access_token'])(
  'normalizeRequest passes an unknown method of %s to the API, which answers with the allowed methods',
  async (path) => {
    expect(await send(path, 'TRACE')).toMatchObject({ status: 200, method: 'PATCH', url: path });
  },
);

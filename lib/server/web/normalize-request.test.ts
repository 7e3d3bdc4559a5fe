import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { normalizeRequest } from '#lib/server/web/normalize-request';

// The address that Next gets after normalization.
const server = createServer((incoming, response) => {
  if (!normalizeRequest(incoming, response)) response.setHeader('x-method', incoming.method ?? '').end(incoming.url);
});

beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => void server.close());

async function ask(path: string, method = 'GET') {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  const asked = request({ port: address.port, path, method, agent: false });
  asked.end();
  const [response] = await once(asked, 'response');
  const chunks = await response.toArray();
  return {
    status: response.statusCode,
    allow: response.headers.allow,
    method: response.headers['x-method'],
    url: Buffer.concat(chunks).toString(),
  };
}

test.each(['/', '/v2/promotions', '/promotions/', '/v2/promotions/a%2Fb/codes/..%2f?x=%', '/a/../b', '/v2x/../y'])(
  '%s stays unchanged',
  async (path) => {
    expect(await ask(path)).toMatchObject({ status: 200, url: path });
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
])('%s is rewritten to an unknown address', async (path) => {
  expect(await ask(path)).toMatchObject({ status: 200, url: '/v2/-' });
});

test('a page address that cannot be decoded is rewritten to an unknown one', async () => {
  expect(await ask('/promotions/%E0%A4%A')).toMatchObject({ url: '/-' });
});

test.each([
  ['/v2/promotions/', '/v2/promotions'],
  ['/v2/promotions/?page[limit]=1', '/v2/promotions?page[limit]=1'],
  ['/oauth/access_token/', '/oauth/access_token'],
])('%s is normalized to %s', async (path, url) => {
  expect(await ask(path)).toMatchObject({ status: 200, url });
});

test.each(['TRACE', 'PROPFIND', 'LINK'])('%s of a page is rejected with the allowed methods', async (method) => {
  expect(await ask('/promotions', method)).toMatchObject({ status: 405, allow: 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS' });
});

test.each(['/v2/promotions', '/oauth/access_token'])(
  'an unknown method of %s is left to the API, which answers with the allowed methods',
  async (path) => {
    expect(await ask(path, 'TRACE')).toMatchObject({ status: 200, method: 'PATCH', url: path });
  },
);

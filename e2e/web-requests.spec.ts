import { once } from 'node:events';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { freePort } from '#lib/server/ports';
import { eventually } from '#lib/testing/eventually';
import { type Part, startPart } from '#lib/testing/part';
import { startProduct } from './support/product.ts';
import { expect, test } from './support/test.ts';

// What a stranger's connection may do to the web process, over plain sockets: no client library would send these requests.

test.use({ role: null });

function open(address: string, request: string): Socket {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.write(request);
  return socket;
}

/** The status of the answer to a request that is written out, and its headers. */
async function answerTo(address: string, request: string): Promise<{ status: number; text: string }> {
  const socket = open(address, request);
  const [first] = await once(socket, 'data');
  socket.destroy();
  const text = String(first);
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]), text };
}

const get = (target: string, headers = 'Host: promint.test') => `GET ${target} HTTP/1.1\r\n${headers}\r\nConnection: close\r\n\r\n`;

/** A web process of this test alone, so that nobody else's connections are in its figures. */
async function startAlone(): Promise<Part & { address: string; sockets(): Promise<number>; residentMegabytes(): Promise<number> }> {
  const port = await freePort();
  const settings = { NODE_ENV: 'production', HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'info' } as const;
  const part = startPart('lib/server/web.ts', { ...process.env, ...settings });
  await part.ready();
  const { pid } = part.process;
  return {
    ...part,
    address: `http://127.0.0.1:${port}`,
    async sockets() {
      const descriptors = await readdir(`/proc/${pid}/fd`);
      const targets = await Promise.all(descriptors.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => '')));
      return targets.filter((target) => target.startsWith('socket:')).length;
    },
    async residentMegabytes() {
      const status = await readFile(`/proc/${pid}/status`, 'utf8');
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
    },
  };
}

test('100 requests for an upgrade are answered as plain ones and leave no socket open', async () => {
  await using web = await startAlone();
  await (await fetch(`${web.address}/sign-in`)).text();
  const before = await web.sockets();
  const headers = 'Host: promint.test\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';
  const paths = [
    '/_next/static/x',
    '/_next/webpack-hmr',
    '/_next/hmr',
    '//x',
    '/%',
    '/v2/promotions',
    '/sign-in',
    '/downloads/x',
    '/api/auth/csrf',
  ];
  const clients = Array.from({ length: 100 }, (_, n) =>
    open(web.address, `GET ${paths[n % paths.length]} HTTP/1.1\r\n${headers}\r\nConnection: Upgrade\r\n\r\n`),
  );
  await Promise.all(
    clients.map(async (client) => {
      const [first] = await once(client, 'data');
      expect(String(first)).not.toMatch(/^HTTP\/1\.1 (101|5)/);
      client.destroy();
    }),
  );
  await eventually('no more sockets than before', async () => (await web.sockets()) <= before);
});

test('60 connections that announce 10 MB to the sign-in and stop leave the memory as it was', async () => {
  await using web = await startAlone();
  await (await fetch(`${web.address}/sign-in`)).text();
  const before = await web.residentMegabytes();
  const head = 'POST /sign-in HTTP/1.1\r\nHost: promint.test\r\nContent-Type: text/plain\r\nContent-Length: 10000000\r\n\r\n';
  const clients = Array.from({ length: 60 }, () => open(web.address, `${head}${'x'.repeat(100_000)}`));
  for (const client of clients) {
    const [first] = await once(client, 'data');
    expect(String(first)).toMatch(/^HTTP\/1\.1 413 /);
    await new Promise((sent) => client.write('x'.repeat(8_900_000), sent));
  }
  // Nine of ten announced megabytes of each client would be 540. Parts that were read and dropped are cleared now and then.
  expect((await web.residentMegabytes()) - before).toBeLessThan(150);
  for (const client of clients) client.destroy();
});

test('a production web process prints JSON lines alone, whatever it is asked', async () => {
  await using web = await startAlone();
  const action = { method: 'POST', headers: { 'next-action': 'f'.repeat(42), origin: web.address }, body: 'a line\nof a stranger' };
  for (const [path, init] of [
    ['/sign-in', {}],
    ['/sign-in', action],
    ['/_global-error', {}],
    ['/_next/image?url=x', {}],
    ['/sign-in', { headers: { 'next-router-state-tree': '%' } }],
    ['/api/auth/callback/credentials', { method: 'POST', body: new URLSearchParams({ csrfToken: 'x', email: 'x', password: 'y' }) }],
  ] as const) {
    const answer = await fetch(web.address + path, init);
    await answer.text();
  }
  await web.stop();
  const lines = web.output().split('\n').filter(Boolean);
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), msg: expect.any(String) });
});

test('npm start prints its own sentences, and JSON lines of its parts', async () => {
  const product = startProduct({ PORT: String(await freePort()), DATA_DIR: test.info().outputPath('data'), LOG_LEVEL: 'debug' });
  await product.ready();
  await product.stop();
  const lines = product.output().split('\n').filter(Boolean);
  const sentence = /^(Building Promint|Sign in as|with the password|Promint is at)/;
  for (const line of lines.filter((line) => !sentence.test(line))) expect(JSON.parse(line)).toMatchObject({ msg: expect.any(String) });
});

for (const [what, request] of [
  ['an asterisk', get('*')],
  ['an asterisk with OPTIONS', get('*').replace('GET', 'OPTIONS')],
  ['no slash at the front', get('sign-in')],
  ['a host that is a list', get('/sign-in', 'Host: a, b')],
  ['a host with a slash', get('/sign-in', 'Host: a/b')],
  ['a host that is half an address', get('/docs/api', 'Host: [::1')],
  ['a port that does not exist', get('/v2/promotions', 'Host: a:99999')],
  ['no host', get('/sign-in', 'X-Nothing: x')],
  ['an address whose host is none', get('http://a,b/sign-in')],
] as const) {
  test(`a request with ${what} is answered with 400`, async ({ address }) => {
    expect((await answerTo(address, request)).status).toBe(400);
  });
}

test('a request for a whole address is answered as one for its path', async ({ address }) => {
  expect((await answerTo(address, get('http://promint.test/sign-in'))).status).toBe(200);
});

for (const path of [
  '/healthx',
  '/v2x',
  '/downloadsx',
  '/downloads',
  '/downloads/x/y',
  '/oauthx',
  '/oauth',
  '/icon.svgx',
  '/openapi.jsonx',
  '/_next/staticx',
  '/_next/image?url=/icon.svg&w=64&q=75',
]) {
  test(`${path} is a page that does not exist, with a content security policy`, async ({ request }) => {
    const answer = await request.get(path);
    expect([answer.status(), answer.headers()['content-security-policy']]).toEqual([
      404,
      expect.stringContaining("script-src 'self' 'nonce-"),
    ]);
  });
}

for (const path of ['/api/auth/_log', '/api/auth/signin/credentials', '/api/auth/verify-request', '/api/auth/session']) {
  test(`POST ${path} is answered with 404`, async ({ request }) => {
    expect((await request.post(path, { form: { level: 'error', code: 'x', message: 'a line of a stranger' } })).status()).toBe(404);
  });
}

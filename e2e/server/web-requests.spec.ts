import { once } from 'node:events';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { freePort } from '#lib/server/ports';
import { eventually } from '#lib/testing/eventually';
import { type Part, startPart } from '#lib/testing/part';
import { startProduct } from '../support/product.ts';
import { expect, test } from '../support/test.ts';

// Requests over plain sockets, because no client library sends malformed requests.

test.use({ role: null });

function open(address: string, request: string): Socket {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => {});
  socket.write(request);
  return socket;
}

/** Sends a raw request and returns the status and the text of the answer. */
async function answerTo(address: string, request: string): Promise<{ status: number; text: string }> {
  const socket = open(address, request);
  const [first] = await once(socket, 'data');
  socket.destroy();
  const text = String(first);
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]), text };
}

const get = (target: string, headers = 'Host: promint.test') => `GET ${target} HTTP/1.1\r\n${headers}\r\nConnection: close\r\n\r\n`;

/** Starts a web process for one test, so that its sockets and memory are not those of other tests. */
async function startOwnWeb(): Promise<Part & { address: string; sockets(): Promise<number>; residentMegabytes(): Promise<number> }> {
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

test('100 upgrade requests get plain answers and leave no socket open', async () => {
  await using web = await startOwnWeb();
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
      // A plain answer; 503 where the machine is too busy for a hundred pages at once.
      expect(String(first)).toMatch(/^HTTP\/1\.1 (?!101)/);
      client.destroy();
    }),
  );
  await eventually('no more sockets than before', async () => (await web.sockets()) <= before);
});

test('60 unfinished bodies of 10 MB do not grow the memory of the web process', async () => {
  await using web = await startOwnWeb();
  await (await fetch(`${web.address}/sign-in`)).text();
  const before = await web.residentMegabytes();
  const head = 'POST /sign-in HTTP/1.1\r\nHost: promint.test\r\nContent-Type: text/plain\r\nContent-Length: 10000000\r\n\r\n';
  const clients = Array.from({ length: 60 }, () => open(web.address, `${head}${'x'.repeat(100_000)}`));
  for (const client of clients) {
    const [first] = await once(client, 'data');
    expect(String(first)).toMatch(/^HTTP\/1\.1 413 /);
    await new Promise((sent) => client.write('x'.repeat(8_900_000), sent));
  }
  // Kept in memory, 9 MB of each client would be 540 MB. The garbage collector frees discarded chunks with a delay.
  expect((await web.residentMegabytes()) - before).toBeLessThan(150);
  for (const client of clients) client.destroy();
});

test('a production web process prints only JSON lines for any request', async () => {
  await using web = await startOwnWeb();
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

test('npm start prints its own sentences and JSON lines of its child processes', async () => {
  const product = startProduct({ PORT: String(await freePort()), DATA_DIR: test.info().outputPath('data'), LOG_LEVEL: 'debug' });
  await product.ready();
  await product.stop();
  const lines = product.output().split('\n').filter(Boolean);
  const sentence = /^(Building Promint|Sign in as|with the password|Promint is at)/;
  for (const line of lines.filter((line) => !sentence.test(line))) expect(JSON.parse(line)).toMatchObject({ msg: expect.any(String) });
});

for (const [what, request] of [
  ['the target *', get('*')],
  ['the method OPTIONS and the target *', get('*').replace('GET', 'OPTIONS')],
  ['a target without a leading slash', get('sign-in')],
  ['a list of hosts', get('/sign-in', 'Host: a, b')],
  ['a slash in the host', get('/sign-in', 'Host: a/b')],
  ['an incomplete IPv6 host', get('/docs/api', 'Host: [::1')],
  ['an invalid port', get('/v2/promotions', 'Host: a:99999')],
  ['no Host header', get('/sign-in', 'X-Nothing: x')],
  ['an absolute target with an invalid host', get('http://a,b/sign-in')],
] as const) {
  test(`the server answers 400 to a request with ${what}`, async ({ address }) => {
    expect((await answerTo(address, request)).status).toBe(400);
  });
}

test('the server answers a request with an absolute target like one for its path', async ({ address }) => {
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
  test(`the server answers 404 with a content security policy to ${path}`, async ({ request }) => {
    const answer = await request.get(path);
    expect([answer.status(), answer.headers()['content-security-policy']]).toEqual([
      404,
      expect.stringContaining("script-src 'self' 'nonce-"),
    ]);
  });
}

for (const path of ['/api/auth/_log', '/api/auth/signin/credentials', '/api/auth/verify-request', '/api/auth/session']) {
  test(`the server answers 404 to POST ${path}`, async ({ request }) => {
    expect((await request.post(path, { form: { level: 'error', code: 'x', message: 'a line of a stranger' } })).status()).toBe(404);
  });
}

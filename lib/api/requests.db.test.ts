import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { connect } from '#lib/db';
import { log } from '#lib/log';
import { type ApiRequest, callApi, seedClient } from '#lib/testing/api';
import { db } from '#lib/testing/database';
import { seedPromotion } from '#lib/testing/seed';

// Rules for all requests: bodies, headers, methods, rate limit and log.

let token: string;
let path: string;

beforeAll(async () => {
  ({ token } = await seedClient(db));
});

beforeEach(async () => {
  path = `/v2/promotions/${(await seedPromotion(db)).id}/jobs`;
});

const call = (request: ApiRequest) => callApi(path, { token, ...request });
const json = { 'content-type': 'application/json' };
const post = (raw: BodyInit, headers: Record<string, string> = json) => call({ method: 'POST', raw, headers });
const exportBody = '{"data":{"job_type":"code_export"}}';

describe('a body', () => {
  test.each<[string, BodyInit, number]>([
    ['an empty body', '', 400],
    ['a blank body', ' \n', 400],
    ['a body that is not JSON', '{"data":', 400],
    ['a body that is not UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400],
    ['a list', '[]', 400],
    ['null', 'null', 400],
    ['data: null', '{"data":null}', 400],
    ['data: text', '{"data":"x"}', 400],
    ['100,000 levels of nesting', '['.repeat(100_000), 400],
    ['50,000 levels of nesting under data', `{"data":${'{"a":'.repeat(50_000)}`, 400],
    ['a body of 10 MB', 'a'.repeat(10_485_760), 413],
    ['a body of one byte more than the limit', ' '.repeat(262_145), 413],
  ])('POST /jobs rejects %s within 100 ms', async (_, raw, status) => {
    const times: number[] = [];
    for (let i = 0; i < 3; i++) {
      const started = performance.now();
      const response = await post(raw);
      times.push(performance.now() - started);
      expect(response).toMatchObject({ status, body: { errors: [{ detail: expect.any(String) }] } });
    }
    expect(Math.min(...times)).toBeLessThan(100);
  });

  test('POST /jobs answers 413 for an endless stream', async () => {
    const chunk = new Uint8Array(65_536).fill(32);
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(chunk) });
    expect(await post(endless)).toMatchObject({ status: 413 });
  });

  test('POST /jobs answers 400 for an interrupted body', async () => {
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('connection reset')) });
    expect(await post(broken)).toMatchObject({ status: 400 });
  });

  test('POST /jobs accepts many brackets within a text', async () => {
    const { body } = await post(JSON.stringify({ data: { job_type: 'code_export', name: '[[[["{'.repeat(8) } }));
    expect(body.data.name).toBe('[[[["{'.repeat(8));
  });

  test.each([
    'application/xml',
    'text/xml; charset=utf-8',
    'application/soap+xml',
    'multipart/form-data; boundary=x',
    'multipart/mixed',
    'text/csv',
    'application/x-yaml',
    'image/png',
  ])('POST /jobs answers 415 for the Content-Type %j', async (type) => {
    expect(await post(Buffer.from(exportBody), { 'content-type': type })).toMatchObject({ status: 415 });
  });

  test('POST /jobs answers 415 for a compressed body', async () => {
    expect(await post(exportBody, { ...json, 'content-encoding': 'gzip' })).toMatchObject({ status: 415 });
  });

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/vnd.api+json',
    'Application/JSON',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/octet-stream',
    '*/*',
    '',
  ])('POST /jobs reads JSON with the Content-Type %j', async (type) => {
    expect(await post(Buffer.from(exportBody), { 'content-type': type })).toMatchObject({ status: 201 });
  });
});

describe('every response', () => {
  test('every response has an X-Request-Id, which errors repeat', async () => {
    const rejected = await post('');
    expect(rejected.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    expect(rejected.body.meta).toEqual({ request_id: rejected.headers.get('x-request-id') });
    expect((await call({})).headers.get('x-request-id')).toBeTruthy();
  });

  test('a response has the X-Request-Id of its request when that is valid', async () => {
    const requestIdFor = async (id: string) => (await call({ headers: { 'x-request-id': id } })).headers.get('x-request-id');
    expect(await requestIdFor('order-4711.x')).toBe('order-4711.x');
    expect(await requestIdFor('"><script>')).not.toContain('script');
  });

  test('every response has Cache-Control: no-store', async () => {
    expect((await call({})).headers.get('cache-control')).toBe('no-store');
  });
});

describe('a method', () => {
  test.each(['PUT', 'PATCH', 'DELETE'] as const)('%s /jobs answers 405 and lists the allowed methods', async (method) => {
    const response = await call({ method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
  });

  test('PATCH /jobs answers 405 with the error body of the API', async () => {
    const { body } = await call({ method: 'PATCH' });
    expect(body.errors[0]).toMatchObject({ title: 'Method Not Allowed', detail: 'This path supports GET, HEAD, POST, OPTIONS' });
  });

  test('HEAD /jobs answers like GET, and OPTIONS /jobs lists the allowed methods', async () => {
    expect(await call({ method: 'HEAD' })).toMatchObject({ status: 200 });
    const options = await call({ method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow'), options.body]).toEqual([204, 'GET, HEAD, POST, OPTIONS', null]);
  });
});

test('requests above the rate limit of a client are answered with 429 and Retry-After', async () => {
  const { token } = await seedClient(db);
  const responses = await Promise.all(Array.from({ length: 300 }, () => call({ token })));
  const rejected = responses.filter(({ status }) => status === 429);
  expect(responses.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(99);
  expect(rejected.length).toBeGreaterThan(0);
  for (const { headers } of rejected) expect(headers.get('retry-after')).toBe('1');
  expect(await call({ token: (await seedClient(db)).token })).toMatchObject({ status: 200 });
});

test('every request is answered with 503 and Retry-After while the database is unavailable', async () => {
  const unavailable = connect('postgres://nobody:nothing@127.0.0.1:1/none', 1);
  vi.stubGlobal('promintDatabase', unavailable);
  const responses = [
    await call({}),
    await post(exportBody),
    await callApi('/oauth/access_token', {
      method: 'POST',
      raw: new URLSearchParams({ grant_type: 'client_credentials', client_id: randomUUID(), client_secret: 'x' }),
    }),
  ];
  vi.unstubAllGlobals();
  await unavailable.close();
  for (const { status, headers } of responses) expect([status, headers.get('retry-after')]).toEqual([503, '2']);
});

test('the log line of a request contains its route and not the code in its path', async () => {
  const info = vi.spyOn(log, 'info');
  await callApi(path.replace(/jobs$/, 'codes/secret-code'), { token, method: 'DELETE' });
  const lines = info.mock.calls.map(([line]) => JSON.stringify(line));
  expect(lines.join('\n')).not.toContain('secret-code');
  expect(lines.at(-1)).toContain('"route":"/v2/promotions/:promotionId/codes/:code"');
});

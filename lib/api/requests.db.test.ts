import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { connect } from '#lib/db';
import { log } from '#lib/log';
import { type Asked, ask as askAny, seedClient } from '#lib/testing/api';
import { db } from '#lib/testing/database';
import { seedPromotion } from '#lib/testing/seed';

// What can be wrong with a request before anybody asks what it wants.

let token: string;
let path: string;

beforeAll(async () => {
  ({ token } = await seedClient(db));
});

beforeEach(async () => {
  path = `/v2/promotions/${(await seedPromotion(db)).id}/jobs`;
});

const ask = (asked: Asked) => askAny(path, { token, ...asked });
const json = { 'content-type': 'application/json' };
const post = (raw: BodyInit, headers: Record<string, string> = json) => ask({ method: 'POST', raw, headers });
const small = '{"data":{"job_type":"code_export"}}';

describe('a body', () => {
  test.each<[string, BodyInit, number]>([
    ['that is empty', '', 400],
    ['that is blank', ' \n', 400],
    ['that is not JSON', '{"data":', 400],
    ['that is not UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400],
    ['that is a list', '[]', 400],
    ['that is null', 'null', 400],
    ['whose data is null', '{"data":null}', 400],
    ['whose data is text', '{"data":"x"}', 400],
    ['nested 100,000 deep', '['.repeat(100_000), 400],
    ['nested 100,000 deep under its data', `{"data":${'{"a":'.repeat(50_000)}`, 400],
    ['of 10 MB', 'a'.repeat(10_485_760), 413],
    ['of one byte too many', ' '.repeat(262_145), 413],
  ])('%s is refused within 100 ms', async (_, raw, status) => {
    const times: number[] = [];
    for (let i = 0; i < 3; i++) {
      const started = performance.now();
      const answer = await post(raw);
      times.push(performance.now() - started);
      expect(answer).toMatchObject({ status, body: { errors: [{ detail: expect.any(String) }] } });
    }
    expect(Math.min(...times)).toBeLessThan(100);
  });

  test('that never ends is refused when it is too large, however it is sent', async () => {
    const chunk = new Uint8Array(65_536).fill(32);
    const endless = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(chunk) });
    expect(await post(endless)).toMatchObject({ status: 413 });
  });

  test('that breaks off is refused', async () => {
    const broken = new ReadableStream<Uint8Array>({ pull: (controller) => controller.error(new Error('gone')) });
    expect(await post(broken)).toMatchObject({ status: 400 });
  });

  test('of brackets in a text is no deep one', async () => {
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
  ])('of the type %j is refused', async (type) => {
    expect(await post(Buffer.from(small), { 'content-type': type })).toMatchObject({ status: 415 });
  });

  test('that is compressed is refused', async () => {
    expect(await post(small, { ...json, 'content-encoding': 'gzip' })).toMatchObject({ status: 415 });
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
  ])('that holds JSON is read when it comes as %j', async (type) => {
    expect(await post(Buffer.from(small), { 'content-type': type })).toMatchObject({ status: 201 });
  });
});

describe('every answer', () => {
  test('has a request id, which errors repeat', async () => {
    const refused = await post('');
    expect(refused.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
    expect(refused.body.meta).toEqual({ request_id: refused.headers.get('x-request-id') });
    expect((await ask({})).headers.get('x-request-id')).toBeTruthy();
  });

  test('has the id it was asked with, where that is one', async () => {
    const asked = async (id: string) => (await ask({ headers: { 'x-request-id': id } })).headers.get('x-request-id');
    expect(await asked('order-4711.x')).toBe('order-4711.x');
    expect(await asked('"><script>')).not.toContain('script');
  });

  test('says that nobody may keep it', async () => {
    expect((await ask({})).headers.get('cache-control')).toBe('no-store');
  });
});

describe('a method', () => {
  test.each(['PUT', 'PATCH', 'DELETE'] as const)('%s that an address does not take is refused, with those it takes', async (method) => {
    const answer = await ask({ method });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST, OPTIONS']);
  });

  test('that no address knows has the words of one that this one does not take', async () => {
    const { body } = await ask({ method: 'PATCH' });
    expect(body.errors[0]).toMatchObject({ title: 'Method Not Allowed', detail: 'This address takes GET, HEAD, POST, OPTIONS' });
  });

  test('HEAD is GET, and OPTIONS says what there is', async () => {
    expect(await ask({ method: 'HEAD' })).toMatchObject({ status: 200 });
    const options = await ask({ method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow'), options.body]).toEqual([204, 'GET, HEAD, POST, OPTIONS', null]);
  });
});

test('more calls a second than a client may make are refused until there is room', async () => {
  const { token } = await seedClient(db);
  const answers = await Promise.all(Array.from({ length: 300 }, () => ask({ token })));
  const refused = answers.filter(({ status }) => status === 429);
  expect(answers.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(99);
  expect(refused.length).toBeGreaterThan(0);
  for (const { headers } of refused) expect(headers.get('retry-after')).toBe('1');
  expect(await ask({ token: (await seedClient(db)).token })).toMatchObject({ status: 200 });
});

test('while the database is away the answer is 503, and when to come back', async () => {
  const away = connect('postgres://nobody:nothing@127.0.0.1:1/none', 1);
  vi.stubGlobal('promintDatabase', away);
  const answers = [
    await ask({}),
    await post(small),
    await askAny('/oauth/access_token', {
      method: 'POST',
      raw: new URLSearchParams({ grant_type: 'client_credentials', client_id: randomUUID(), client_secret: 'x' }),
    }),
  ];
  vi.unstubAllGlobals();
  await away.close();
  for (const { status, headers } of answers) expect([status, headers.get('retry-after')]).toEqual([503, '2']);
});

test('the log line of a call names its route, and not the code in its address', async () => {
  const info = vi.spyOn(log, 'info');
  await askAny(path.replace(/jobs$/, 'codes/secret-code'), { token, method: 'DELETE' });
  const lines = info.mock.calls.map(([line]) => JSON.stringify(line));
  expect(lines.join('\n')).not.toContain('secret-code');
  expect(lines.at(-1)).toContain('"route":"/v2/promotions/:promotionId/codes/:code"');
});

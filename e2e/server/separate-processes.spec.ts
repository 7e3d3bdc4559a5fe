import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { type ClientRequest, get, type IncomingMessage, request } from 'node:http';
import { createClient } from '#lib/clients/create';
import { signLink } from '#lib/exports/link';
import { createJob } from '#lib/jobs/create';
import { freePort } from '#lib/server/ports';
import { eventually } from '#lib/testing/eventually';
import { jobIn } from '#lib/testing/jobs';
import { seedCodes, seedPromotion } from '#lib/testing/seed';
import { type Product, startProduct } from '../support/product.ts';
import { test as base, expect } from '../support/test.ts';

/** Returns a link signed now. */
const freshLink = (jobId: string, by: string) => signLink(jobId, by, Date.now());

// `npm run web` and `npm run worker` with the database and the secret of the product.

type Part = { npm: Product; address: string };

const test = base.extend<{ web(settings?: Record<string, string>): Promise<Part> }>({
  web: async ({ db: _ }, use) => {
    const started: Product[] = [];
    await use(async (settings = {}) => {
      const port = await freePort();
      const npm = startProduct({ PORT: String(port), HOST: '127.0.0.1', NODE_ENV: 'development', ...settings }, 'web');
      started.push(npm);
      const address = `http://127.0.0.1:${port}`;
      await eventually('the web server', async () => (await statusOf(`${address}/health/ready`)) === 200, 40_000);
      return { npm, address };
    });
    for (const { process, ended } of started) {
      process.kill('SIGKILL');
      await ended();
    }
  },
});

test.use({ role: null });

/** Returns the status of the answer, or null when the connection fails. */
async function statusOf(address: string): Promise<number | null> {
  return fetch(address).then(
    ({ status }) => status,
    () => null,
  );
}

async function answerTo(sent: ClientRequest): Promise<IncomingMessage> {
  const [response]: IncomingMessage[] = await once(sent, 'response');
  if (!response) throw new Error('no answer');
  return response;
}

test('npm run web serves the production build for any NODE_ENV', async ({ web, page }) => {
  const { address } = await web();
  const answer = await page.goto(`${address}/sign-in`);
  expect(answer?.headers()['content-security-policy']).not.toContain('unsafe-eval');
  const script = await page.locator('script[src*="/_next/static/"]').first().getAttribute('src');
  const { headers } = await fetch(new URL(script ?? '', address));
  expect(headers.get('cache-control')).toContain('immutable');
});

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const) {
  test(`${signal} to npm run web and npm run worker ends their processes`, async ({ web }) => {
    const { npm, address } = await web();
    const worker = startProduct({ LOG_LEVEL: 'debug' }, 'worker');
    await eventually('the worker', async () => worker.output().includes('worker ready'), 40_000);
    for (const part of [npm, worker]) part.process.kill(signal);
    // The output closes when the last child process has exited.
    await Promise.all([npm.ended(), worker.ended()]);
    expect(await statusOf(`${address}/health/live`)).toBeNull();
  });
}

test('a stopping web server reports 503 for SHUTDOWN_DELAY seconds and completes a running download', async ({ web, db, user }) => {
  const { npm, address } = await web({ SHUTDOWN_DELAY: '1' });
  const promotion = await seedPromotion(db, { maxCodes: 300_000 });
  // The file is larger than the socket buffers, so the download runs until the client reads.
  await seedCodes(db, promotion, 300_000, promotion.id.slice(0, 8));
  const { id } = await createJob(db, user, promotion.id, { job_type: 'code_export' });
  const { fileBytes, fileSha256 } = await jobIn(db, id, 'completed', 60_000);
  const response = await answerTo(get(`${address}${freshLink(id, user.id)}`));
  npm.process.kill('SIGTERM');
  await eventually('the announcement', async () => (await statusOf(`${address}/health/ready`)) === 503);
  expect(await statusOf(`${address}/health/live`)).toBe(200);
  expect(await statusOf(`${address}/sign-in`)).toBe(200);
  await eventually('no new connection', async () => (await statusOf(`${address}/health/live`)) === null);
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of response) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  expect(bytes).toBe(Number(fileBytes));
  expect(hash.digest('hex')).toBe(fileSha256);
  await npm.ended();
});

test('a stopping web server completes a running call that adds 10,000 codes', async ({ web, db, user }) => {
  const { npm, address } = await web();
  const promotion = await seedPromotion(db, { maxCodes: 10_000 });
  const token = await tokenFor(address, await createClient(db, user, { name: 'shutdown', role: 'write' }));
  const codes = Array.from({ length: 10_000 }, (_, i) => ({ code: `${promotion.id.slice(0, 8)}-${i}` }));
  const body = Buffer.from(JSON.stringify({ data: { type: 'promotion_codes', codes } }));
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'content-length': body.length };
  const call = request(`${address}/v2/promotions/${promotion.id}/codes`, {
    method: 'POST',
    headers: { ...headers, expect: '100-continue' },
  });
  call.flushHeaders();
  await once(call, 'continue');
  call.write(body.subarray(0, -1));
  npm.process.kill('SIGTERM');
  await eventually('no new connection', async () => (await statusOf(`${address}/health/live`)) === null);
  call.end(body.subarray(-1));
  const response = await answerTo(call);
  const answer = Buffer.concat(await response.toArray()).toString();
  expect(response.statusCode, answer.slice(0, 200)).toBe(201);
  expect(response.headers.connection).toBe('close');
  expect(await db.promotionCode.count({ where: { promotionId: promotion.id } })).toBe(10_000);
  await npm.ended();
});

async function tokenFor(address: string, client: { client_id: string; client_secret: string }): Promise<string> {
  const { client_id, client_secret } = client;
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret });
  return (await (await fetch(`${address}/oauth/access_token`, { method: 'POST', body })).json()).access_token;
}

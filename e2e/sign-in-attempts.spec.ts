import { once } from 'node:events';
import { eventually } from '#lib/testing/eventually';
import { password, seedUser } from '#lib/testing/seed';
import { signInLimits } from '#lib/users/sign-in/throttle';
import { preload } from './faults/preload.ts';
import { startWeb } from './faults/web.ts';
import { signInOverHttp } from './support/sign-in.ts';
import { expect, test } from './support/test.ts';

test.use({ role: null });

const many = signInLimits.accountFromAddress + 5;

for (const origin of ['https://evil.example', 'null', 'http://localhost.evil.example']) {
  test(`the server refuses a sign-in form from the origin ${origin} without counting it`, async ({ request, db, address }) => {
    const { name: email } = await seedUser(db);
    const { csrfToken } = await (await request.get('/api/auth/csrf')).json();
    for (const path of ['callback/credentials', 'signout']) {
      for (let i = 0; i < many; i += 1) {
        const form = { csrfToken, email, password: 'a guess', json: 'true' };
        expect((await request.post(`/api/auth/${path}`, { headers: { origin }, form })).status()).toBe(403);
      }
    }
    expect((await signInOverHttp(request, address, email, password)).status()).toBe(200);
  });
}

for (const [what, csrfToken] of [
  ['without a CSRF token', {}],
  ['with a forged CSRF token', { csrfToken: 'a'.repeat(64) }],
] as const) {
  test(`the server refuses a sign-in form ${what} without counting it`, async ({ request, db, address }) => {
    const { name: email } = await seedUser(db);
    for (let i = 0; i < many; i += 1) {
      const form = { ...csrfToken, email, password, json: 'true' };
      const answer = await request.post('/api/auth/callback/credentials', { headers: { origin: address }, form });
      expect(answer.status()).toBe(403);
    }
    expect((await signInOverHttp(request, address, email, password)).status()).toBe(200);
  });
}

test('the server refuses a sign-in form that a page of another site submits in a browser', async ({ page, db, address, expectError }) => {
  expectError(/status of 403/);
  const { name } = await seedUser(db);
  const form = `<form method="post" action="${address}/api/auth/callback/credentials"><input name="email" value="${name}"><input name="password" value="x"></form>`;
  await page.route('http://evil.example/', (route) => route.fulfill({ contentType: 'text/html', body: `${form}<div data-portal></div>` }));
  await page.goto('http://evil.example/');
  const posted = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.locator('form').evaluate((element) => (element as HTMLFormElement).submit());
  expect((await posted).status()).toBe(403);
});

test('the sign-in form explains a refused request and what to do', async ({ page, db, expectError }) => {
  expectError(/status of 403/);
  const { name } = await seedUser(db);
  await page.route('**/api/auth/callback/credentials', (route) =>
    route.continue({ postData: new URLSearchParams({ email: name }).toString() }),
  );
  await page.goto('/sign-in');
  await page.getByLabel('Email').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'refused' })).toHaveText(
    'Promint refused this request. Reload the page and try again. If the problem continues, ask an administrator to check APP_URL.',
  );
});

test('1,000 sign-in attempts leak no timers, memory or connections in the web process', async ({ db }) => {
  test.setTimeout(180_000);
  await using web = await startWeb({ TRUST_PROXY: '1', ...preload('resource-usage') });
  const csrf = await fetch(`${web.address}/api/auth/csrf`);
  const { csrfToken } = await csrf.json();
  const cookie = csrf.headers.getSetCookie().join('; ');
  const attempt = async (address: string, n: number): Promise<number> => {
    const body = new URLSearchParams({ csrfToken, email: `nobody-${n}@example.com`, password: 'a guess', json: 'true' });
    const headers = { cookie, 'x-forwarded-for': address, connection: 'close' };
    return (await fetch(`${web.address}/api/auth/callback/credentials`, { method: 'POST', headers, body })).status;
  };
  const attempts = async (address: string, times: number): Promise<void> => {
    const statuses: number[] = [];
    for (let n = 0; n < times; n += 5) statuses.push(...(await Promise.all(Array.from({ length: 5 }, (_, i) => attempt(address, n + i)))));
    const [hashed, refused] = [signInLimits.address, times - signInLimits.address];
    expect(statuses.sort()).toEqual([...Array(hashed).fill(401), ...Array(refused).fill(429)]);
  };
  const measure = async (): Promise<{ resources: string[]; heapUsed: number }> => {
    const answered = once(web.process, 'message');
    web.process.send('measure');
    return (await answered)[0];
  };
  /** Measures when the pool has closed its idle connections. */
  const measureIdle = () =>
    eventually(
      'a web process without open connections',
      async () => {
        const now = await measure();
        return now.resources.includes('TCPSocketWrap') ? null : now;
      },
      60_000,
    );
  await attempts('203.0.113.20', 200);
  const [before, rows] = [await measureIdle(), await db.rateLimit.count()];
  await attempts('203.0.113.21', 1_000);
  const after = await measureIdle();
  expect(after.resources.toSorted()).toEqual(before.resources.toSorted());
  expect(after.heapUsed - before.heapUsed).toBeLessThan(5_000_000);
  expect((await db.rateLimit.count()) - rows).toBeLessThan(500);
});

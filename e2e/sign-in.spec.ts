import type { Page } from 'playwright/test';
import { password, seedPromotion, seedUser } from '#lib/testing/seed';
import { signInLimits } from '#lib/users/sign-in/throttle';
import { signInOverHttp } from './support/sign-in.ts';
import { expect, signIn, test } from './support/test.ts';

test.describe('the sign-in page', () => {
  test.use({ role: null });

  async function fillIn(page: Page, email: string, given: string): Promise<void> {
    await page.getByLabel('Email').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(given);
    await page.getByRole('button', { name: 'Sign in' }).click();
  }

  test('the sign-in page redirects a user with the right password to the requested page', async ({ page, db }) => {
    const { name } = await seedUser(db);
    await page.goto('/jobs?status=failed');
    await expect(page).toHaveURL(/\/sign-in\?/);
    await fillIn(page, name.toUpperCase(), password);
    await expect(page).toHaveURL('/jobs?status=failed');
    await page.goto('/sign-in');
    await expect(page).toHaveURL('/promotions');
  });

  test('the sign-in page shows the same message for an unknown account and a wrong password', async ({ page, db, expectError }) => {
    expectError(/status of 401/);
    const { name } = await seedUser(db);
    await page.goto('/sign-in');
    await fillIn(page, name, 'not my password');
    await expect(page.getByRole('alert').filter({ hasText: 'match' })).toHaveText(
      "Email and password don't match. Check both and try again.",
    );
    await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
    await fillIn(page, `nobody-${name}`, password);
    await expect(page.getByRole('alert').filter({ hasText: 'match' })).toHaveText(
      "Email and password don't match. Check both and try again.",
    );
  });

  test('too many sign-in attempts are refused with a waiting time, even with the right password', async ({
    page,
    db,
    request,
    address,
    expectError,
  }) => {
    expectError(/status of 429/);
    const { name } = await seedUser(db);
    for (let i = 0; i < signInLimits.accountFromAddress; i += 1) {
      expect((await signInOverHttp(request, address, name, 'a guess')).status()).toBe(401);
    }
    const refused = await signInOverHttp(request, address, name, password);
    expect(refused.status()).toBe(429);
    expect(Number(refused.headers()['retry-after'])).toBeGreaterThan(600);
    await page.goto('/sign-in');
    await fillIn(page, name, password);
    await expect(page.getByRole('alert').filter({ hasText: 'attempts' })).toHaveText(/^Too many attempts\. Try again in 1[0-5] minutes\.$/);
  });

  test('a sign-in attempt counts for every form of the path and the fields', async ({ db, request, address }) => {
    const { csrfToken } = (await (await request.get('/api/auth/csrf')).json()) as { csrfToken: string };
    const given = (email: string, more = '') => ({
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      data: `${new URLSearchParams({ csrfToken, email, password: 'a guess', json: 'true' })}${more}`,
    });
    const guess = async (path: string, email: string, more?: string) =>
      (await request.post(`${address}/api/auth/callback/credentials${path}`, given(email, more))).status();
    for (const [path, repeated] of [
      ['/more', false],
      ['', true],
    ] as const) {
      const { name } = await seedUser(db);
      const statuses: number[] = [];
      for (let i = 0; i <= signInLimits.accountFromAddress; i += 1) {
        statuses.push(await (repeated ? guess(path, `${i}-${name}`, `&email=${encodeURIComponent(name)}`) : guess(path, name)));
      }
      expect([path, statuses.at(-1)]).toEqual([path, 429]);
    }
  });

  for (const [what, type, data, status] of [
    ['JSON', 'application/json', '{"email":"x"}', 415],
    ['incomplete JSON', 'application/json', '{', 415],
    ['plain text', 'text/plain', 'x', 415],
    ['a form with a NUL character', 'application/x-www-form-urlencoded', 'email=a%00b', 400],
    ['a form of 20 KB', 'application/x-www-form-urlencoded', `email=${'x'.repeat(20_000)}`, 413],
  ] as const) {
    test(`the sign-in refuses ${what} with ${status}`, async ({ request, address }) => {
      for (const path of ['callback/credentials', 'signout']) {
        const answer = await request.post(`${address}/api/auth/${path}`, { headers: { 'content-type': type }, data });
        expect([path, answer.status()]).toEqual([path, status]);
      }
    });
  }

  test('the sign-in answers 405 to a GET request', async ({ request, address }) => {
    const answer = await request.get(`${address}/api/auth/callback/credentials?email=a&password=b`);
    expect([answer.status(), answer.headers().allow]).toEqual([405, 'POST']);
  });

  test('the sign-in form shows an error at each empty field', async ({ page }) => {
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByLabel('Email')).toHaveAccessibleDescription('Enter your email address');
    await expect(page.getByLabel('Password', { exact: true })).toHaveAccessibleDescription('Enter your password');
  });

  for (const elsewhere of ['https://evil.example', '//evil.example', '/\\evil.example', 'javascript:alert(1)', 'data:text/html,x']) {
    test(`the sign-in never redirects to ${elsewhere}`, async ({ page, db, request, address }) => {
      const { name } = await seedUser(db);
      await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(elsewhere)}`);
      await fillIn(page, name, password);
      await expect(page).toHaveURL('/promotions');
      const { csrfToken } = (await (await request.get('/api/auth/csrf')).json()) as { csrfToken: string };
      const form = { csrfToken, email: name, password, json: 'true', callbackUrl: elsewhere };
      const { url } = (await (await request.post('/api/auth/callback/credentials', { form })).json()) as { url: string };
      expect(new URL(url).origin).toBe(address);
    });
  }

  for (const [what, path, headers] of [
    ['without special headers', '/promotions', {}],
    ['with the header x-middleware-subrequest', '/promotions', { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' }],
    ['with router headers', '/promotions', { rsc: '1', 'next-router-prefetch': '1' }],
    ['as an .rsc file', '/promotions.rsc', {}],
    ['with two slashes', '//promotions', {}],
    ['with an escaped slash', '/%2fpromotions', {}],
    ['with an unsigned session', '/promotions', { cookie: 'next-auth.session-token=eyJhbGciOiJub25lIn0.e30.' }],
  ] as const) {
    test(`a signed-out request ${what} does not get a protected page`, async ({ request, db, address }) => {
      const { name } = await seedPromotion(db);
      const answer = await request.get(`${address}${path}`, { headers });
      expect(await answer.text()).not.toContain(name);
      expect(await answer.text()).not.toContain('New promotion');
    });
  }
});

test('signing out deletes the session, not only the cookie', async ({ page, context, db, user }) => {
  await page.goto('/promotions');
  const stolen = await context.cookies();
  await page.getByRole('button', { name: /^Your account/ }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL('/sign-in');
  expect(await db.session.count({ where: { userId: user.id } })).toBe(0);
  await context.addCookies(stolen);
  await page.goto('/promotions');
  await expect(page).toHaveURL(/\/sign-in\?callbackUrl=%2Fpromotions/);
});

test('signing in again ends only the previous session of the same browser', async ({ browser, context, request, db, user, address }) => {
  const stolen = await context.cookies();
  const elsewhere = await signIn(db, await browser.newContext(), user);
  expect((await signInOverHttp(context.request, address, user.name, password)).ok()).toBe(true);
  const sessions = await db.session.findMany({ where: { userId: user.id } });
  expect(sessions).toHaveLength(2);
  expect(sessions.map(({ id }) => id)).toContain(elsewhere);
  const cookie = stolen.map(({ name, value }) => `${name}=${value}`).join('; ');
  const answer = await request.get('/promotions', { headers: { cookie }, maxRedirects: 0 });
  expect([answer.status(), answer.headers().location]).toEqual([307, '/sign-in?callbackUrl=%2Fpromotions']);
});

test('a session ends after 12 hours without use, and polling does not count as use', async ({ page, db, user }) => {
  const idle = (hours: number) =>
    db.$executeRaw`update sessions set last_seen_at = now() - make_interval(hours => ${hours}) where user_id = ${user.id}::uuid`;
  const hoursIdle = async () =>
    (Date.now() - (await db.session.findFirstOrThrow({ where: { userId: user.id } })).lastSeenAt.getTime()) / 3_600_000;
  await page.goto('/jobs');
  await idle(11);
  await page.waitForResponse((response) => response.request().method() === 'POST' && response.url().endsWith('/jobs'));
  expect(await hoursIdle()).toBeGreaterThan(10);
  await page.goto('/promotions');
  expect(await hoursIdle()).toBeLessThan(1);
  await idle(12);
  await page.goto('/promotions');
  await expect(page).toHaveURL(/\/sign-in\?/);
});

test('a disabled user is signed out in every browser at the next request', async ({ page, browser, db, user, baseURL }) => {
  const elsewhere = await browser.newContext({ baseURL });
  await signIn(db, elsewhere, user);
  const other = await elsewhere.newPage();
  await other.goto('/promotions');
  await expect(other).toHaveURL('/promotions');
  await page.goto('/promotions');
  await db.user.update({ where: { id: user.id }, data: { disabledAt: new Date() } });
  for (const view of [page, other]) {
    await view.reload();
    await expect(view).toHaveURL(/\/sign-in/);
  }
  await elsewhere.close();
});

import { password, seedUser } from '#lib/testing/seed';
import { signInLimits } from '#lib/users/sign-in/throttle';
import { startWeb, type Web } from '../faults/web.ts';
import { test as base, expect } from '../support/test.ts';

// This spec starts web processes with proxy settings. Its requests carry the headers that a proxy writes.

type Headers = Record<string, string>;
type Fixtures = {
  /** Starts a web process on the product's database. */
  web(settings: Headers): Promise<Web>;
};

const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads what a fixture needs from this pattern.
  web: async ({}, use) => {
    await using webs = new AsyncDisposableStack();
    await use(async (settings) => webs.use(await startWeb(settings)));
  },
});
test.use({ role: null });

const https = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'codes.example.com' };

/** Signs in as the form does. Uses no cookie jar, because a jar sends no Secure cookies over plain http. */
async function attempt({ address }: Web, email: string, given: string, { cookie = '', ...headers }: Headers): Promise<Response> {
  const csrf = await fetch(`${address}/api/auth/csrf`, { headers });
  const { csrfToken } = await csrf.json();
  const ownCookies = csrf.headers.getSetCookie().map((line) => line.split(';')[0]);
  return fetch(`${address}/api/auth/callback/credentials`, {
    method: 'POST',
    headers: { ...headers, cookie: [...ownCookies, cookie].join('; ') },
    body: new URLSearchParams({ csrfToken, email, password: given, json: 'true' }),
  });
}

const warnings = (web: Web, about: RegExp) =>
  web
    .output()
    .split('\n')
    .filter((line) => line.includes('"level":40') && about.test(line));

test('https through a trusted proxy makes every cookie Secure, sends HSTS and warns once that APP_URL is missing', async ({ web, db }) => {
  const behind = await web({ TRUST_PROXY: '1', APP_URL: '' });
  const { name } = await seedUser(db);
  const signedIn = await attempt(behind, name, password, { ...https, 'x-forwarded-for': '203.0.113.1' });
  expect(signedIn.status).toBe(200);
  expect(new URL((await signedIn.json()).url).origin).toBe('https://codes.example.com');
  const csrf = await fetch(`${behind.address}/api/auth/csrf`, { headers: https });
  const cookies = [...csrf.headers.getSetCookie(), ...signedIn.headers.getSetCookie()];
  const names = cookies.map((line) => line.split('=')[0]);
  expect(names.sort()).toEqual(
    expect.arrayContaining([
      '__Host-next-auth.csrf-token',
      '__Secure-next-auth.callback-url',
      '__Secure-next-auth.session-token',
      'promint.known-device',
    ]),
  );
  for (const line of cookies) expect(line).toMatch(/; Secure/i);
  for (const line of cookies) expect(line).toMatch(/; HttpOnly/i);
  expect(signedIn.headers.get('strict-transport-security')).toBe('max-age=31536000');
  const { servers } = await (await fetch(`${behind.address}/openapi.json`, { headers: https })).json();
  expect(servers).toEqual([{ url: 'https://codes.example.com' }]);
  expect(warnings(behind, /APP_URL/)).toHaveLength(1);
  expect(warnings(behind, /TRUST_PROXY/)).toHaveLength(0);
});

test('http through a trusted proxy makes no cookie Secure and sends no HSTS', async ({ web, db }) => {
  const behind = await web({ TRUST_PROXY: '1', APP_URL: '' });
  const { name } = await seedUser(db);
  const signedIn = await attempt(behind, name, password, { 'x-forwarded-proto': 'http', 'x-forwarded-for': '203.0.113.2' });
  expect(signedIn.status).toBe(200);
  for (const line of signedIn.headers.getSetCookie()) expect(line).not.toMatch(/; Secure/i);
  expect(signedIn.headers.has('strict-transport-security')).toBe(false);
  expect(warnings(behind, /APP_URL/)).toHaveLength(0);
});

test('a site behind https refuses a sign-in from an http origin', async ({ web, db }) => {
  const behind = await web({ TRUST_PROXY: '1', APP_URL: '' });
  const { name } = await seedUser(db);
  const from = (origin: string) => attempt(behind, name, password, { ...https, 'x-forwarded-for': '203.0.113.3', origin });
  expect((await from('http://codes.example.com')).status).toBe(403);
  expect((await from('https://codes.example.com')).status).toBe(200);
});

test('without TRUST_PROXY the server ignores proxy headers and warns once', async ({ web, db }) => {
  const alone = await web({ TRUST_PROXY: 'false', APP_URL: '' });
  const { name } = await seedUser(db);
  const signedIn = await attempt(alone, name, password, { ...https, 'x-forwarded-for': '203.0.113.4' });
  expect(signedIn.status).toBe(200);
  expect(new URL((await signedIn.json()).url).origin).toBe(alone.address);
  for (const line of signedIn.headers.getSetCookie()) expect(line).not.toMatch(/; Secure/i);
  expect(warnings(alone, /TRUST_PROXY/)).toHaveLength(1);
});

test('sign-in attempts count for the address from the trusted proxy, not for forged addresses', async ({ web, db }) => {
  const behind = await web({ TRUST_PROXY: '1' });
  const { name } = await seedUser(db);
  const guess = (forwardedFor: string) => attempt(behind, name, 'a guess', { 'x-forwarded-for': forwardedFor });
  for (let i = 0; i < signInLimits.accountFromAddress; i += 1) expect((await guess(`198.51.100.${i}, 203.0.113.5`)).status).toBe(401);
  const refused = await guess('198.51.100.99, 203.0.113.5');
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(600);
  expect((await guess('203.0.113.5, 203.0.113.6')).status).toBe(401);
});

test('wrong passwords from one address block new devices but not a known device', async ({ web, db }) => {
  const behind = await web({ TRUST_PROXY: '1' });
  const company = { 'x-forwarded-for': '203.0.113.7' };
  const [owner, colleague] = [await seedUser(db), await seedUser(db)];
  const first = await attempt(behind, owner.name, password, company);
  const cookie = first.headers.getSetCookie().find((line) => line.startsWith('promint.known-device=')) ?? '';
  expect(cookie).toMatch(/; Path=\/api\/auth;.*; HttpOnly; SameSite=strict$/i);
  const device = { ...company, cookie: cookie.split(';')[0] ?? '' };
  for (let i = 0; i < signInLimits.address; i += 1)
    expect((await attempt(behind, `nobody-${i}@example.com`, 'a guess', company)).status).toBe(401);
  expect((await attempt(behind, owner.name, password, company)).status).toBe(429);
  expect((await attempt(behind, colleague.name, password, device)).status, 'the device is known to the owner only').toBe(429);
  expect((await attempt(behind, owner.name, password, device)).status).toBe(200);
  for (let i = 0; i < signInLimits.device; i += 1) expect((await attempt(behind, owner.name, 'a guess', device)).status).toBe(401);
  expect((await attempt(behind, owner.name, password, device)).status, 'a known device has a limit too').toBe(429);
});

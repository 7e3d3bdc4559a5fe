import { expect, test } from './support/test.ts';

const places = ['/sign-in', '/docs/api', '/promotions', '/no/such/page', '/api/auth/csrf', '/icon.svg', '/downloads/x'];

for (const place of places) {
  test(`${place} cannot be framed, sniffed or told on`, async ({ request }) => {
    const headers = (await request.get(place)).headers();
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': expect.stringMatching(/^(same-origin|no-referrer)$/),
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
  });
}

test('a page runs only the scripts it was made with', async ({ request }) => {
  const policies = await Promise.all(
    [1, 2].map(async () => {
      const answer = await request.get('/sign-in');
      const policy = answer.headers()['content-security-policy'] ?? '';
      const [, nonce = ''] = /script-src [^;]*'nonce-([^']+)'/.exec(policy) ?? [];
      for (const [tag] of (await answer.text()).matchAll(/<script[^>]*>/g)) expect(tag).toContain(`nonce="${nonce}"`);
      return { policy, nonce };
    }),
  );
  const [first, second] = policies;
  expect(first?.nonce).toMatch(/^[\w+/]{22}==$/);
  expect(first?.nonce).not.toBe(second?.nonce);
  expect(first?.policy).toContain("frame-ancestors 'none'");
  expect(/script-src ([^;]*)/.exec(first?.policy ?? '')?.[1]).not.toMatch(/unsafe|\*|https?:/);
});

test('nothing is asked of another site', async ({ page, baseURL }) => {
  const asked = new Set<string>();
  page.on('request', (request) => asked.add(new URL(request.url()).origin));
  await page.goto('/promotions');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect([...asked].filter((origin) => origin !== 'null')).toEqual([baseURL]);
});

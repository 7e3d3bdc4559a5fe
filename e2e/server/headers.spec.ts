import { expect, test } from '../support/test.ts';

const paths = ['/sign-in', '/docs/api', '/promotions', '/no/such/page', '/api/auth/csrf', '/icon.svg', '/downloads/x'];

for (const path of paths) {
  test(`the response of ${path} forbids framing, MIME sniffing and sending a referrer to other sites`, async ({ request }) => {
    const headers = (await request.get(path)).headers();
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': expect.stringMatching(/^(same-origin|no-referrer)$/),
      'cross-origin-opener-policy': 'same-origin',
    });
    expect(headers).not.toHaveProperty('x-powered-by');
  });
}

test('the content security policy of a page allows only scripts with the nonce of its response', async ({ request }) => {
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

test('only the API documentation may insert style elements, and its policy allows no other host and no evaluated code', async ({
  request,
}) => {
  const policyOf = async (path: string) => (await request.get(path)).headers()['content-security-policy'] ?? '';
  const directives = (policy: string) => policy.replace(/'nonce-[^']+'/g, "'nonce'").split('; ');
  const [docs, ...others] = await Promise.all(['/docs/api', '/promotions', '/docs', '/docs/api/x', '/no/such/page'].map(policyOf));
  for (const other of others) {
    expect(directives(other)).toContain("style-src-elem 'self' 'nonce'");
    const expected = directives(other).map((rule) => (rule.startsWith('style-src-elem') ? "style-src-elem 'self' 'unsafe-inline'" : rule));
    expect(directives(docs ?? '')).toEqual(expected);
  }
  expect(docs).not.toMatch(/unsafe-eval|https?:|\*/);
});

test('a page sends requests only to its own origin', async ({ page, baseURL }) => {
  const origins = new Set<string>();
  page.on('request', (request) => origins.add(new URL(request.url()).origin));
  await page.goto('/promotions');
  await page.getByRole('heading', { level: 1 }).waitFor();
  expect([...origins].filter((origin) => origin !== 'null')).toEqual([baseURL]);
});

import { expect, test } from 'vitest';
import { isPage, pageMatcher } from '#lib/server/web/page-paths';
import { config } from '../../../proxy.ts';

test('the matcher of proxy.ts is equal to pageMatcher', () => {
  expect(config.matcher).toBe(pageMatcher);
});

test.each([
  '/v2',
  '/v2/promotions',
  '/v2/',
  '/oauth/access_token',
  '/api/auth/csrf',
  '/api/auth/callback/credentials',
  '/docs/api/scalar.js',
  '/downloads/x',
  '/health/live',
  '/health/ready',
  '/openapi.json',
  '/icon.svg',
  '/_next/static/x.js',
])('isPage returns false for %s', (path) => {
  expect(isPage(path)).toBe(false);
});

test.each([
  '/',
  '/sign-in',
  '/v2x',
  '/v2x/promotions',
  '/v',
  '/V2',
  '/oauth',
  '/oauthx',
  '/oauth/x',
  '/oauth/access_tokenx',
  '/oauth/access_token/x',
  '/api',
  '/api/auth',
  '/api/authx',
  '/docs/api',
  '/docs/api/scalarXjs',
  '/docs/api/scalar.js/x',
  '/downloads',
  '/downloadsx',
  '/downloads/x/y',
  '/health',
  '/healthx',
  '/health/livex',
  '/openapi.jsonx',
  '/openapiXjson',
  '/openapi.json/x',
  '/icon.svgx',
  '/iconXsvg',
  '/_next',
  '/_next/staticx',
  '/_next/image',
  '/x/v2/promotions',
])('isPage returns true for %s', (path) => {
  expect(isPage(path)).toBe(true);
});

import { afterEach, describe, expect, test, vi } from 'vitest';

/** Imports the module again with this `APP_URL`, because a module reads the settings once. */
async function withAppUrl(appUrl = '') {
  vi.stubEnv('APP_URL', appUrl);
  vi.resetModules();
  return import('#lib/http/base-url');
}

afterEach(() => vi.unstubAllEnvs());

const host = 'codes.example.com';
const byHttps = { host, 'x-forwarded-proto': 'https' };

describe('baseUrl', () => {
  test.each<[what: string, headers: Record<string, string>, url: string]>([
    ['the host of the request', { host }, 'http://codes.example.com'],
    ['the scheme that the web server determined', byHttps, 'https://codes.example.com'],
    [
      'the host that a trusted proxy forwards',
      { ...byHttps, host: '10.0.0.5:3000', 'x-forwarded-host': host },
      'https://codes.example.com',
    ],
    ['localhost for an invalid host', { host: 'a b' }, 'http://localhost'],
  ])('baseUrl uses %s', async (_, headers, url) => {
    const { baseUrl } = await withAppUrl();
    expect(baseUrl(new Headers(headers))).toBe(url);
  });

  test('baseUrl returns APP_URL for any request', async () => {
    const { baseUrl } = await withAppUrl('https://app.example.com');
    expect(baseUrl(new Headers({ host }))).toBe('https://app.example.com');
  });
});

describe('isOwnOrigin', () => {
  test.each<[origin: string, headers: Record<string, string>]>([
    ['http://codes.example.com', { host }],
    ['https://codes.example.com', { host }],
    ['https://codes.example.com', byHttps],
    ['http://localhost:3000', { host: 'localhost:3000' }],
  ])('isOwnOrigin accepts %s for %o', async (origin, headers) => {
    const { isOwnOrigin } = await withAppUrl();
    expect(isOwnOrigin(origin, new Headers(headers))).toBe(true);
  });

  test.each<[origin: string, headers: Record<string, string>]>([
    ['https://evil.example', { host }],
    ['http://codes.example.com.evil.example', { host }],
    ['http://codes.example.com:8080', { host }],
    ['http://codes.example.com', byHttps],
    ['null', { host }],
    ['', { host }],
    ['ftp://codes.example.com', { host }],
    ['null', {}],
  ])('isOwnOrigin rejects %s for %o', async (origin, headers) => {
    const { isOwnOrigin } = await withAppUrl();
    expect(isOwnOrigin(origin, new Headers(headers))).toBe(false);
  });

  test('isOwnOrigin accepts the host of APP_URL behind a proxy that changes the host', async () => {
    const { isOwnOrigin } = await withAppUrl('https://app.example.com');
    const headers = new Headers({ host: '10.0.0.5:3000', 'x-forwarded-proto': 'https' });
    expect(isOwnOrigin('https://app.example.com', headers)).toBe(true);
    expect(isOwnOrigin('http://app.example.com', headers)).toBe(false);
  });
});

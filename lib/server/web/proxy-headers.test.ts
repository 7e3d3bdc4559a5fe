import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, test } from 'vitest';
import { normalizeProxyHeaders, proxyWarning } from '#lib/server/web/proxy-headers';

const proxy = '10.0.0.1';

function settled(
  given: IncomingHttpHeaders,
  trustedProxies: number,
  { appUrl, socket = proxy }: { appUrl?: string; socket?: string } = {},
) {
  const headers = { ...given };
  normalizeProxyHeaders(headers, socket, { trustedProxies, appUrl });
  return headers;
}

describe('X-Forwarded-For is reduced to one address:', () => {
  test.each<[what: string, forwardedFor: string | undefined, trustedProxies: number, address: string]>([
    ['without trusted proxies, the connection', '203.0.113.9', 0, proxy],
    ['behind one proxy, what it wrote', '203.0.113.9', 1, '203.0.113.9'],
    ['behind one proxy, not what the client made up', '198.51.100.1, 203.0.113.9', 1, '203.0.113.9'],
    ['behind two proxies, what the outer one wrote', '198.51.100.1, 203.0.113.9, 10.0.0.2', 2, '203.0.113.9'],
    ['behind two proxies, when the outer one was bypassed', '203.0.113.9', 2, '203.0.113.9'],
    ['behind one proxy that says nothing, the connection', undefined, 1, proxy],
    ['behind one proxy that writes no address, the connection', '203.0.113.9, unknown', 1, proxy],
    ['behind one proxy that ends with a comma, the connection', '203.0.113.9,', 1, proxy],
    ['IPv4 in IPv6 is IPv4', '::ffff:203.0.113.9', 1, '203.0.113.9'],
    ['a port is left out', '[2001:db8::1]:443', 1, '2001:db8::1'],
  ])('%s', (_, forwardedFor, trustedProxies, address) => {
    expect(settled({ 'x-forwarded-for': forwardedFor }, trustedProxies)['x-forwarded-for']).toBe(address);
  });

  test('a connection by IPv4 to an IPv6 socket is IPv4', () => {
    expect(settled({}, 0, { socket: '::ffff:127.0.0.1' })['x-forwarded-for']).toBe('127.0.0.1');
  });
});

describe('X-Forwarded-Proto is reduced to http or https:', () => {
  const appUrl = 'https://codes.example.com';
  test.each<[what: string, proto: string | undefined, trustedProxies: number, appUrl: string | undefined, scheme: string]>([
    ['an untrusted claim is ignored', 'https', 0, undefined, 'http'],
    ['a trusted proxy is believed', 'https', 1, undefined, 'https'],
    ['in any case', 'HTTPS', 1, undefined, 'https'],
    ['a proxy that says nothing means http', undefined, 1, undefined, 'http'],
    ['of a list, the trusted end counts', 'https, http', 1, undefined, 'http'],
    ['of a list behind two proxies, the outer one counts', 'https, http', 2, undefined, 'https'],
    ['another scheme means http', 'javascript', 1, undefined, 'http'],
    ['APP_URL decides without a proxy', undefined, 0, appUrl, 'https'],
    ['APP_URL decides against a proxy', 'https', 1, 'http://codes.example.com', 'http'],
  ])('%s', (_, proto, trustedProxies, appUrl, scheme) => {
    expect(settled({ 'x-forwarded-proto': proto }, trustedProxies, { appUrl })['x-forwarded-proto']).toBe(scheme);
  });
});

test('X-Forwarded-Host is kept only from a trusted proxy, and unused headers are removed', () => {
  const given = { 'x-forwarded-host': 'a.example', forwarded: 'for=1.2.3.4', 'x-real-ip': '1.2.3.4', 'x-forwarded-port': '1' };
  expect(Object.keys(settled(given, 0)).sort()).toEqual(['x-forwarded-for', 'x-forwarded-proto']);
  expect(settled(given, 1)).toEqual({ 'x-forwarded-host': 'a.example', 'x-forwarded-for': proxy, 'x-forwarded-proto': 'http' });
});

describe('proxyWarning warns the operator of', () => {
  test.each<[what: string, headers: IncomingHttpHeaders, trustedProxies: number, appUrl: string | undefined, warning: RegExp]>([
    ['X-Forwarded-For while TRUST_PROXY is off', { 'x-forwarded-for': '203.0.113.9' }, 0, undefined, /TRUST_PROXY/],
    ['X-Forwarded-Proto while TRUST_PROXY is off', { 'x-forwarded-proto': 'https' }, 0, undefined, /TRUST_PROXY/],
    ['X-Forwarded-For while only APP_URL is set', { 'x-forwarded-for': '203.0.113.9' }, 0, 'https://a.example', /TRUST_PROXY/],
    ['https by a trusted proxy without APP_URL', { 'x-forwarded-proto': 'https' }, 1, undefined, /APP_URL/],
  ])('%s', (_, headers, trustedProxies, appUrl, warning) => {
    expect(proxyWarning(headers, { trustedProxies, appUrl })).toMatch(warning);
  });

  test.each<[what: string, headers: IncomingHttpHeaders, trustedProxies: number, appUrl: string | undefined]>([
    ['a request without a proxy', {}, 0, undefined],
    ['http by a trusted proxy', { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'http' }, 1, undefined],
    ['https by a trusted proxy with APP_URL', { 'x-forwarded-proto': 'https' }, 1, 'https://a.example'],
  ])('nothing for %s', (_, headers, trustedProxies, appUrl) => {
    expect(proxyWarning(headers, { trustedProxies, appUrl })).toBeNull();
  });
});

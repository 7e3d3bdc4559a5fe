import type { IncomingHttpHeaders } from 'node:http';
import { describe, expect, test } from 'vitest';
import { normalizeProxyHeaders, proxyWarning } from '#lib/server/web/proxy-headers';

const proxy = '10.0.0.1';

function normalized(
  given: IncomingHttpHeaders,
  trustedProxies: number,
  { appUrl, socket = proxy }: { appUrl?: string; socket?: string } = {},
) {
  const headers = { ...given };
  normalizeProxyHeaders(headers, socket, { trustedProxies, appUrl });
  return headers;
}

describe('normalizeProxyHeaders with X-Forwarded-For', () => {
  test.each<[what: string, forwardedFor: string | undefined, trustedProxies: number, address: string]>([
    ['the address of the connection without trusted proxies', '203.0.113.9', 0, proxy],
    ['the address that the only proxy wrote', '203.0.113.9', 1, '203.0.113.9'],
    ['the address that the proxy wrote, not the one that the client sent', '198.51.100.1, 203.0.113.9', 1, '203.0.113.9'],
    ['the address that the outer one of two proxies wrote', '198.51.100.1, 203.0.113.9, 10.0.0.2', 2, '203.0.113.9'],
    ['the only address behind two proxies when a request bypassed the outer one', '203.0.113.9', 2, '203.0.113.9'],
    ['the address of the connection when the proxy sends no header', undefined, 1, proxy],
    ['the address of the connection when the proxy wrote no valid address', '203.0.113.9, unknown', 1, proxy],
    ['the address of the connection when the header ends with a comma', '203.0.113.9,', 1, proxy],
    ['the IPv4 address of an IPv4-mapped IPv6 address', '::ffff:203.0.113.9', 1, '203.0.113.9'],
    ['the address without its port', '[2001:db8::1]:443', 1, '2001:db8::1'],
  ])('normalizeProxyHeaders sets X-Forwarded-For to %s', (_, forwardedFor, trustedProxies, address) => {
    expect(normalized({ 'x-forwarded-for': forwardedFor }, trustedProxies)['x-forwarded-for']).toBe(address);
  });

  test('normalizeProxyHeaders converts the address of an IPv4 connection to an IPv6 socket to IPv4', () => {
    expect(normalized({}, 0, { socket: '::ffff:127.0.0.1' })['x-forwarded-for']).toBe('127.0.0.1');
  });
});

describe('normalizeProxyHeaders with X-Forwarded-Proto', () => {
  const appUrl = 'https://codes.example.com';
  test.each<[what: string, proto: string | undefined, trustedProxies: number, appUrl: string | undefined, scheme: string]>([
    ['of an untrusted client', 'https', 0, undefined, 'http'],
    ['of a trusted proxy', 'https', 1, undefined, 'https'],
    ['of a trusted proxy in upper case', 'HTTPS', 1, undefined, 'https'],
    ['of a trusted proxy that sends no header', undefined, 1, undefined, 'http'],
    ['of a list whose last value a trusted proxy wrote', 'https, http', 1, undefined, 'http'],
    ['of a list that two trusted proxies wrote', 'https, http', 2, undefined, 'https'],
    ['with another scheme', 'javascript', 1, undefined, 'http'],
    ['missing, with an https APP_URL and no proxy', undefined, 0, appUrl, 'https'],
    ['of a trusted proxy, with an http APP_URL', 'https', 1, 'http://codes.example.com', 'http'],
  ])('normalizeProxyHeaders normalizes X-Forwarded-Proto %s', (_, proto, trustedProxies, appUrl, scheme) => {
    expect(normalized({ 'x-forwarded-proto': proto }, trustedProxies, { appUrl })['x-forwarded-proto']).toBe(scheme);
  });
});

test('normalizeProxyHeaders keeps X-Forwarded-Host only of a trusted proxy, and removes headers that Promint does not read', () => {
  const given = { 'x-forwarded-host': 'a.example', forwarded: 'for=1.2.3.4', 'x-real-ip': '1.2.3.4', 'x-forwarded-port': '1' };
  expect(Object.keys(normalized(given, 0)).sort()).toEqual(['x-forwarded-for', 'x-forwarded-proto']);
  expect(normalized(given, 1)).toEqual({ 'x-forwarded-host': 'a.example', 'x-forwarded-for': proxy, 'x-forwarded-proto': 'http' });
});

describe('proxyWarning', () => {
  test.each<[what: string, headers: IncomingHttpHeaders, trustedProxies: number, appUrl: string | undefined, warning: RegExp]>([
    ['X-Forwarded-For while TRUST_PROXY is off', { 'x-forwarded-for': '203.0.113.9' }, 0, undefined, /TRUST_PROXY/],
    ['X-Forwarded-Proto while TRUST_PROXY is off', { 'x-forwarded-proto': 'https' }, 0, undefined, /TRUST_PROXY/],
    ['X-Forwarded-For while only APP_URL is set', { 'x-forwarded-for': '203.0.113.9' }, 0, 'https://a.example', /TRUST_PROXY/],
    ['https behind a trusted proxy without APP_URL', { 'x-forwarded-proto': 'https' }, 1, undefined, /APP_URL/],
  ])('proxyWarning warns of %s', (_, headers, trustedProxies, appUrl, warning) => {
    expect(proxyWarning(headers, { trustedProxies, appUrl })).toMatch(warning);
  });

  test.each<[what: string, headers: IncomingHttpHeaders, trustedProxies: number, appUrl: string | undefined]>([
    ['a request without a proxy', {}, 0, undefined],
    ['http behind a trusted proxy', { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'http' }, 1, undefined],
    ['https behind a trusted proxy with APP_URL', { 'x-forwarded-proto': 'https' }, 1, 'https://a.example'],
  ])('proxyWarning returns null for %s', (_, headers, trustedProxies, appUrl) => {
    expect(proxyWarning(headers, { trustedProxies, appUrl })).toBeNull();
  });
});

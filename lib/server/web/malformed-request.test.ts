import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMalformed } from '#lib/server/web/malformed-request';

function requestWith(headers: Record<string, string>, url = '/') {
  return Object.assign(new IncomingMessage(new Socket()), { url, headers: { host: 'promint.test', ...headers } });
}

test.each([
  'a, b',
  'a,b',
  'a b',
  '',
  ' ',
  'a/b',
  'a?b',
  'a#b',
  'user@a',
  '[::1',
  '::1',
  'a:',
  'a:b',
  'a:99999',
  'a:1:2',
  '1.2.3.999',
  'ü.de',
  'a%20b',
  '<a>',
  'a\\b',
])('isMalformed returns true for the host %j, in Host and in X-Forwarded-Host', (host) => {
  expect(isMalformed(requestWith({ host }))).toBe(true);
  expect(isMalformed(requestWith({ 'x-forwarded-host': host }))).toBe(true);
});

test.each(['a', 'localhost:3000', 'codes.example.com', '127.0.0.1:80', '[::1]', '[::1]:3000', 'my_host', 'A.B', 'xn--bcher-kva.example'])(
  'isMalformed returns false for the host %j',
  (host) => {
    expect(isMalformed(requestWith({ host, 'x-forwarded-host': host }))).toBe(false);
  },
);

test.each(['*', '', 'x', 'ftp://a/', '?x'])('isMalformed returns true for the target %j', (url) => {
  expect(isMalformed(requestWith({}, url))).toBe(true);
});

test('isMalformed accepts only hosts that form a valid URL', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.domain(), fc.ipV6(), fc.webAuthority()), (host) => {
      if (!isMalformed(requestWith({ host }))) expect(new URL('/path', `http://${host}`).pathname).toBe('/path');
    }),
  );
});

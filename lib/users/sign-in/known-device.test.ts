import { expect, test } from 'vitest';
import { knownDevice, rememberAccount } from '#lib/users/sign-in/known-device';

const [ana, ben] = ['ana@example.com', 'ben@example.com'];

test('knownDevice recognizes a device only for accounts that signed in on it', () => {
  const cookie = rememberAccount(rememberAccount(undefined, ana), ben);
  const id = knownDevice(cookie, ana);
  expect(id).toMatch(/^[\w-]{22}$/);
  expect(knownDevice(cookie, ben)).toBe(id);
  expect(knownDevice(cookie, 'eve@example.com')).toBeNull();
});

test('rememberAccount gives two devices of one account different ids', () => {
  const [first, second] = [rememberAccount(undefined, ana), rememberAccount(undefined, ana)];
  expect(knownDevice(first, ana)).not.toBe(knownDevice(second, ana));
});

test('rememberAccount returns the same cookie at a second sign-in of the account', () => {
  const cookie = rememberAccount(undefined, ana);
  expect(rememberAccount(cookie, ana)).toBe(cookie);
});

test('rememberAccount keeps the last eight accounts, in a cookie of less than 500 characters', () => {
  const emails = Array.from({ length: 9 }, (_, i) => `person-${i}@example.com`);
  const cookie = emails.reduce<string | undefined>(rememberAccount, undefined);
  expect(emails.map((email) => knownDevice(cookie, email) !== null)).toEqual([false, ...Array(8).fill(true)]);
  expect(cookie?.length).toBeLessThan(500);
});

test('rememberAccount writes no email address into the cookie', () => {
  expect(rememberAccount(undefined, ana)).not.toMatch(/ana|example/);
});

test.each([
  ['a missing cookie', () => undefined],
  ['an empty cookie', () => ''],
  ['a made-up cookie', () => `${'a'.repeat(22)}.${'b'.repeat(43)}`],
  ['another id', (cookie: string) => `${'a'.repeat(22)}${cookie.slice(22)}`],
  ['a changed signature', (cookie: string) => cookie.slice(0, -2) + (cookie.endsWith('AA') ? 'BB' : 'AA')],
  ['more signatures than eight', (cookie: string) => cookie + `.${'b'.repeat(43)}`.repeat(8)],
  ['a long cookie', () => 'x'.repeat(100_000)],
])('knownDevice rejects %s', (_, change) => {
  expect(knownDevice(change(rememberAccount(undefined, ana)), ana)).toBeNull();
});

import { expect, test } from 'vitest';
import { linkSeconds, signLink, verifyLink } from '#lib/exports/link';

const jobId = '84d86114-a92d-4c34-92f1-3e36ef6cabeb';
const otherJobId = 'ad386702-e780-42c6-b190-0527ad768917';
const by = 'd3b07384-d113-4ec6-a5d4-2f0ec4f1a0b2';
const now = Date.UTC(2026, 10, 23, 12);
const signed = () => new URL(signLink(jobId, by, now), 'http://localhost');

test('verifyLink accepts a signed link for fifteen minutes', () => {
  expect(signed().pathname).toBe(`/downloads/${jobId}`);
  expect(linkSeconds).toBe(900);
  expect(verifyLink(jobId, signed().search, now)).toBe(by);
  expect(verifyLink(jobId, signed().search, now + 899_999)).toBe(by);
  expect(verifyLink(jobId, signed().search, now + 900_000)).toBeNull();
});

test('verifyLink rejects a link with one changed bit', () => {
  const { search } = signed();
  const changed = [...search].flatMap((character, i) =>
    [0, 1, 2, 3, 4, 5, 6].map(
      (bit) => search.slice(0, i) + String.fromCharCode(character.charCodeAt(0) ^ (1 << bit)) + search.slice(i + 1),
    ),
  );
  expect(changed.filter((search) => verifyLink(jobId, search, now))).toEqual([]);
});

test('verifyLink rejects a link that is truncated, padded, reordered, repeated or encoded differently', () => {
  const { search, searchParams } = signed();
  const expires = `expires=${searchParams.get('expires')}`;
  const signature = `signature=${searchParams.get('signature')}`;
  const others = [
    '',
    '?',
    ...Array.from(search, (_, length) => search.slice(0, length)),
    `${search}=`,
    `${search}&`,
    `${search}&x=1`,
    `?${expires}&${signature}`,
    `?by=${by}&${signature}&${expires}`,
    `?${expires}&by=${by}&${signature}`,
    `?by=${by}&by=${by}&${expires}&${signature}`,
    `?by=${by}&${expires}&${expires}&${signature}`,
    `?by=${by}&${expires}&${signature}&${signature}`,
    `?by=${by}&expires[]=${searchParams.get('expires')}&${signature}`,
    search.replace(by, otherJobId),
    search.replace(by, by.toUpperCase()),
    search.replace('expires=', 'expires=0'),
    search.replace('expires=', 'expires=%2B'),
    search.replace('expires=1', 'expires=%31'),
    search.replace('expires=', 'Expires='),
    search.replace(/expires=\d+/, 'expires=99999999999999999999'),
    search.replace(/expires=\d+/, 'expires=NaN'),
  ];
  expect(others.filter((search) => verifyLink(jobId, search, now))).toEqual([]);
});

test('verifyLink rejects a link for another job', () => {
  expect(verifyLink(otherJobId, signed().search, now)).toBeNull();
  expect(verifyLink(jobId.toUpperCase(), signed().search, now)).toBeNull();
});

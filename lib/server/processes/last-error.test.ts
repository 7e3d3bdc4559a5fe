import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { lastErrorLine } from '#lib/server/processes/last-error';

function errorOf(program: string): string | null {
  return lastErrorLine(spawnSync(process.execPath, ['--max-old-space-size=24', '-e', program], { encoding: 'utf8' }).stderr);
}

test.each([
  ['an uncaught error', `throw new TypeError('the name is missing')`, 'TypeError: the name is missing'],
  [
    'an error with a cause and fields',
    `throw Object.assign(new Error('no answer', { cause: new Error('port closed') }), { code: 'E1' })`,
    'Error: no answer',
  ],
  ['an unhandled rejection', `Promise.reject(new RangeError('too far'))`, 'RangeError: too far'],
  ['a sentence on standard error', `console.error('DATABASE_URL is not set'); process.exit(1)`, 'DATABASE_URL is not set'],
])('lastErrorLine finds the reason of %s', (_, program, reason) => {
  expect(errorOf(program)).toBe(reason);
});

test('lastErrorLine finds the reason of a process that ran out of memory', () => {
  expect(errorOf('const all = []; for (;;) all.push(new Array(1000).fill(Math.random()))')).toMatch(/^FATAL ERROR: .*heap/);
});

test('lastErrorLine returns null for a process without output', () => {
  expect(lastErrorLine('\n')).toBeNull();
});

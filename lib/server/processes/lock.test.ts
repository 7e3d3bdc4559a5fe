import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tryLock, waitForLock } from '#lib/server/processes/lock';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'promint-lock-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Starts another process that locks a file. */
async function lockInOtherProcess(path: string) {
  const module = join(import.meta.dirname, 'lock.ts');
  const program = `globalThis.lock = (await import(${JSON.stringify(module)})).tryLock(${JSON.stringify(path)}); console.log('locked'); setInterval(() => {}, 1e6)`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  return child;
}

test('tryLock returns null for a file that another process has locked', async () => {
  const path = join(folder, 'held');
  const other = await lockInOtherProcess(path);
  expect(tryLock(path)).toBeNull();
  expect(await waitForLock(path, 300)).toBeNull();
  other.kill('SIGKILL');
  await once(other, 'exit');
});

test('waitForLock locks a file when the process that had locked it is killed', async () => {
  const path = join(folder, 'killed');
  const other = await lockInOtherProcess(path);
  const waiting = waitForLock(path);
  other.kill('SIGKILL');
  const lock = await waiting;
  expect(lock).not.toBeNull();
  lock?.release();
});

test('tryLock locks a file again after its lock was released', () => {
  const path = join(folder, 'again');
  tryLock(path)?.release();
  const lock = tryLock(path);
  expect(lock).not.toBeNull();
  lock?.release();
});

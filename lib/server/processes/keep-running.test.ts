import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChild } from '#lib/server/processes/child';
import { backoffSeconds, consecutiveExits, keepRunning } from '#lib/server/processes/keep-running';
import { eventually } from '#lib/testing/eventually';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'promint-keep-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function launcher(program: string) {
  const script = join(folder, 'child.mjs');
  await writeFile(script, program);
  return () => startChild(script, process.env);
}

test('backoffSeconds doubles from 1 second with each consecutive exit, up to a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 1_000].map(backoffSeconds)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test('consecutiveExits starts again at 1 after a process has run for a minute', () => {
  expect(backoffSeconds(consecutiveExits(7, 59_999))).toBe(60);
  expect(backoffSeconds(consecutiveExits(7, 60_000))).toBe(1);
});

test('keepRunning restarts a process after each exit and reports the reason', async () => {
  const launch = await launcher(`throw new Error('the port is taken')`);
  const lines: string[] = [];
  const kept = keepRunning('web server', launch(), launch, (line) => lines.push(line));
  await eventually('two exits', async () => lines.length === 2);
  await kept.stop(1_000);
  expect(lines).toEqual([
    'The web server stopped (exit 1: Error: the port is taken); starting it again in 1 s.',
    'The web server stopped (exit 1: Error: the port is taken); starting it again in 2 s.',
  ]);
});

test('keepRunning reports the signal that ended a process', async () => {
  const launch = await launcher(`process.kill(process.pid, 'SIGKILL')`);
  const lines: string[] = [];
  const kept = keepRunning('worker', launch(), launch, (line) => lines.push(line));
  await eventually('an exit', async () => lines.length === 1);
  await kept.stop(1_000);
  expect(lines).toEqual(['The worker stopped (SIGKILL); starting it again in 1 s.']);
});

test('keepRunning does not restart a stopped process, and kills one that ignores SIGTERM', async () => {
  const launch = await launcher(`process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6); process.send('ready')`);
  const lines: string[] = [];
  const first = launch();
  const kept = keepRunning('worker', first, launch, (line) => lines.push(line));
  await kept.stop(200);
  expect(first.process.signalCode).toMatch(/SIGKILL|SIGTERM/);
  expect(lines).toEqual([]);
});

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startChild } from '#lib/server/processes/child';
import { backOffSeconds, deathsInRow, keepRunning } from '#lib/server/processes/keep-running';
import { eventually } from '#lib/testing/eventually';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'promint-keep-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function part(program: string) {
  const script = join(folder, 'part.mjs');
  await writeFile(script, program);
  return () => startChild(script, process.env);
}

test('a part that dies repeatedly is restarted after 1, 2, 4 seconds and so on, up to a minute', () => {
  expect([1, 2, 3, 4, 5, 6, 7, 8, 1_000].map(backOffSeconds)).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test('a part that ran for a minute before it died is restarted after a second', () => {
  expect(backOffSeconds(deathsInRow(7, 59_999))).toBe(60);
  expect(backOffSeconds(deathsInRow(7, 60_000))).toBe(1);
});

test('keepRunning restarts a part whenever it dies, and reports the reason', async () => {
  const launch = await part(`throw new Error('the port is taken')`);
  const lines: string[] = [];
  const kept = keepRunning('web server', launch(), launch, (line) => lines.push(line));
  await eventually('two deaths', async () => lines.length === 2);
  await kept.stop(1_000);
  expect(lines).toEqual([
    'The web server stopped (exit 1: Error: the port is taken); starting it again in 1 s.',
    'The web server stopped (exit 1: Error: the port is taken); starting it again in 2 s.',
  ]);
});

test('keepRunning names the signal that ended a part', async () => {
  const launch = await part(`process.kill(process.pid, 'SIGKILL')`);
  const lines: string[] = [];
  const kept = keepRunning('worker', launch(), launch, (line) => lines.push(line));
  await eventually('a death', async () => lines.length === 1);
  await kept.stop(1_000);
  expect(lines).toEqual(['The worker stopped (SIGKILL); starting it again in 1 s.']);
});

test('a stopped part is not restarted, and SIGKILL ends a part that ignores SIGTERM', async () => {
  const launch = await part(`process.on('SIGTERM', () => {}); setInterval(() => {}, 1e6); process.send('ready')`);
  const lines: string[] = [];
  const first = launch();
  const kept = keepRunning('worker', first, launch, (line) => lines.push(line));
  await kept.stop(200);
  expect(first.process.signalCode).toMatch(/SIGKILL|SIGTERM/);
  expect(lines).toEqual([]);
});

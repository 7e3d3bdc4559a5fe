import { readdir, readFile } from 'node:fs/promises';
import { afterAll, afterEach } from 'vitest';

/** Fails a test that prints an unexpected error or leaves a process running. */
const errors: string[] = [];
const print = console.error;
console.error = (...parts: unknown[]) => {
  errors.push(parts.map(String).join(' '));
  print(...parts);
};

afterEach(() => {
  const seen = errors.splice(0);
  if (seen.length > 0) throw new Error(`unexpected console.error:\n${seen.join('\n')}`);
});

afterAll(async () => {
  const left = await childProcesses();
  for (const { pid } of left) process.kill(pid, 'SIGKILL');
  if (left.length > 0) throw new Error(`processes left running: ${left.map(({ command }) => command).join(', ')}`);
});

/** The running child processes of this process (only on Linux). */
async function childProcesses(): Promise<{ pid: number; command: string }[]> {
  const threads = await readdir('/proc/self/task').catch(() => []);
  const lists = await Promise.all(threads.map((thread) => readFile(`/proc/self/task/${thread}/children`, 'utf8').catch(() => '')));
  const pids = lists.flatMap((list) => list.split(' ').filter(Boolean));
  const commands = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')));
  return pids.map((pid, i) => ({ pid: Number(pid), command: commands[i]?.replaceAll('\0', ' ').trim() ?? '' })).filter((c) => c.command);
}

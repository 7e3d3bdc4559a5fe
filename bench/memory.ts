import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';

const lookMs = 500;

/** Looks how much memory a process has, twice a second, until it is told to stop. Linux only: elsewhere there are no samples. */
export function watchMemory({ pid }: ChildProcess): { samples: number[]; stop(): void } {
  const samples: number[] = [];
  const timer = setInterval(async () => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const kb = /VmRSS:\s+(\d+) kB/.exec(status)?.[1];
    if (kb) samples.push(Number(kb) / 1024);
  }, lookMs);
  return { samples, stop: () => clearInterval(timer) };
}

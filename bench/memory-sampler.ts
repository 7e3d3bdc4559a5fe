import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';

const sampleMs = 500;

/** Samples the resident memory of a process in MB twice a second until `stop`. Works only on Linux. Other systems return no samples. */
export function sampleMemory({ pid }: ChildProcess): { samples: number[]; stop(): void } {
  const samples: number[] = [];
  const timer = setInterval(async () => {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    const kb = /VmRSS:\s+(\d+) kB/.exec(status)?.[1];
    if (kb) samples.push(Number(kb) / 1024);
  }, sampleMs);
  return { samples, stop: () => clearInterval(timer) };
}

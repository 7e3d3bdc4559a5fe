import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { workerFlags } from '#lib/host/child';

/** A worker in a process of its own, started as `npm run worker` does. Stop it, or hold it with `await using`. */
export type Worker = AsyncDisposable & {
  process: ChildProcess;
  /** What it has written so far. */
  output(): string;
  stop(): Promise<void>;
  /** No goodbye: what a crash or an out-of-memory kill looks like. */
  kill(): Promise<void>;
};

/** Starts a worker on the database of the settings. `env` adds to them. */
export function startWorker(env: Record<string, string> = {}): Worker {
  const worker = fork('lib/jobs/worker.ts', {
    env: { ...process.env, LOG_LEVEL: 'info', ...env },
    execArgv: ['--disable-warning=ExperimentalWarning', ...workerFlags],
    silent: true,
  });
  const chunks: Buffer[] = [];
  worker.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  worker.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const end = async (signal: NodeJS.Signals) => {
    if (worker.exitCode !== null || worker.signalCode !== null) return;
    const gone = once(worker, 'exit');
    worker.kill(signal);
    await gone;
  };
  const stop = () => end('SIGTERM');
  return {
    process: worker,
    output: () => Buffer.concat(chunks).toString(),
    stop,
    kill: () => end('SIGKILL'),
    [Symbol.asyncDispose]: stop,
  };
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A process of Promint. Stop it, or declare it with `await using`. */
export type Part = AsyncDisposable & {
  process: ChildProcess;
  /** The output so far. */
  output(): string;
  /** Resolves when the process is ready, or when it ends before. */
  ready(): Promise<void>;
  stop(): Promise<void>;
  /** Sends SIGKILL, as a crash or the out-of-memory killer. */
  kill(): Promise<void>;
};

/** Starts a process with only these settings, and collects its output. */
export function startPart(script: string, env: NodeJS.ProcessEnv, flags: readonly string[] = []): Part {
  const part = fork(script, { env, execArgv: ['--disable-warning=ExperimentalWarning', ...flags], silent: true });
  const chunks: Buffer[] = [];
  part.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  part.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ready = Promise.race([once(part, 'message'), once(part, 'exit')]);
  const end = async (signal: NodeJS.Signals) => {
    if (part.exitCode !== null || part.signalCode !== null) return;
    const exited = once(part, 'exit');
    part.kill(signal);
    await exited;
  };
  const stop = () => end('SIGTERM');
  return {
    process: part,
    output: () => Buffer.concat(chunks).toString(),
    async ready() {
      await ready;
    },
    stop,
    kill: () => end('SIGKILL'),
    [Symbol.asyncDispose]: stop,
  };
}

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { lastErrorLine } from '#lib/server/processes/last-error';

/** A long-running child process. */
export type Child = {
  process: ChildProcess;
  /** Sends SIGTERM, and SIGKILL when the process has not ended after `withinMs`. */
  stop(withinMs: number): Promise<void>;
  /** Resolves when the process has ended, for any reason. */
  ended: Promise<unknown>;
  /** The reason that the process reported, or otherwise the last error on its standard error. */
  lastError(): string | null;
};

/**
 * The Node flags of a worker; `npm run worker` sets the same. Measured over a million codes: 430 MB of memory without the limits,
 * 170 MB with them, at the same speed. Garbage collection uses the main thread, because other threads would not have the low
 * priority of the worker and would delay the answers of the web server.
 */
export const workerFlags = ['--max-semi-space-size=8', '--max-old-space-size=192', '--single-threaded-gc'];

const maxErrorCharacters = 8_192;
const failureMessage = z.object({ failure: z.string() });

/**
 * Starts a child process in its own process group, so that Ctrl-C reaches only the supervisor, which stops its children in order.
 */
export function startChild(script: string, env: NodeJS.ProcessEnv, flags: readonly string[] = [], parameters: string[] = []): Child {
  const execArgv = ['--disable-warning=ExperimentalWarning', ...flags];
  const child = fork(script, parameters, { env, detached: true, execArgv, stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
  let errorOutput = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    process.stderr.write(chunk);
    errorOutput = `${errorOutput}${chunk}`.slice(-maxErrorCharacters);
  });
  let failure: string | undefined;
  child.on('message', (message) => {
    failure ??= failureMessage.safeParse(message).data?.failure;
  });
  return {
    process: child,
    ended: once(child, 'close'),
    lastError: () => failure ?? lastErrorLine(errorOutput),
    async stop(withinMs) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      const deadline = setTimeout(() => child.kill('SIGKILL'), withinMs);
      await exited;
      clearTimeout(deadline);
    },
  };
}

/** The first message of a child process; null when it ends without a message. */
export async function firstMessage({ process: child, ended }: Child): Promise<unknown> {
  const message = once(child, 'message').then(([first]: unknown[]) => first);
  return Promise.race([message, ended.then(() => null)]);
}

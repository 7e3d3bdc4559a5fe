import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { lastErrorLine } from '#lib/server/processes/last-error';

/** A long-running part of Promint in a process of its own. */
export type Child = {
  process: ChildProcess;
  /** Sends SIGTERM, and SIGKILL when the process has not ended after `withinMs`. */
  stop(withinMs: number): Promise<void>;
  /** Resolves when the process has ended, for any reason. */
  ended: Promise<unknown>;
  /** The sentence of a failed start, or else the last error on standard error. */
  lastError(): string | null;
};

/**
 * The flags of Node for a worker. They limit its memory: measured over a million codes, 430 MB without limits and 170 MB with these,
 * at the same speed. They also keep the garbage collection in the worker's thread, because threads of its own would not run below
 * normal priority and slowed down pages. `npm run worker` has the same flags.
 */
export const workerFlags = ['--max-semi-space-size=8', '--max-old-space-size=192', '--single-threaded-gc'];

const keptCharacters = 8_192;
const refusal = z.object({ refused: z.string() });

/** Starts a part in a process group of its own, so that Ctrl-C reaches only the supervisor, which stops the parts in order. */
export function startChild(script: string, env: NodeJS.ProcessEnv, flags: readonly string[] = [], parameters: string[] = []): Child {
  const execArgv = ['--disable-warning=ExperimentalWarning', ...flags];
  const child = fork(script, parameters, { env, detached: true, execArgv, stdio: ['ignore', 'inherit', 'pipe', 'ipc'] });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    process.stderr.write(chunk);
    said = `${said}${chunk}`.slice(-keptCharacters);
  });
  let refused: string | undefined;
  child.on('message', (message) => {
    refused ??= refusal.safeParse(message).data?.refused;
  });
  return {
    process: child,
    ended: once(child, 'close'),
    lastError: () => refused ?? lastErrorLine(said),
    async stop(withinMs) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      const deadline = setTimeout(() => child.kill('SIGKILL'), withinMs);
      await gone;
      clearTimeout(deadline);
    },
  };
}

/** The first message of a part, or null when it ends without one. */
export async function firstMessage({ process: child, ended }: Child): Promise<unknown> {
  const message = once(child, 'message').then(([first]: unknown[]) => first);
  return Promise.race([message, ended.then(() => null)]);
}

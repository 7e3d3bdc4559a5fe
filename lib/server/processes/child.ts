import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { lastErrorLine } from '#lib/server/processes/last-error';

/** A long-running part of Promint in a process of its own. */
export type Child = {
  process: ChildProcess;
  /** SIGTERM, and SIGKILL when that takes longer than `withinMs`. */
  stop(withinMs: number): Promise<void>;
  /** Resolves when it is gone, for whatever reason. */
  ended: Promise<unknown>;
  /** The sentence with which it refused to start, or else the last error that it wrote to standard error. */
  lastError(): string | null;
};

/**
 * What Node is told for a worker. It lets garbage lie as long as there is room: measured over a million codes,
 * 430 MB without limits and 170 MB with these, at the same speed. And it would clear it by threads of their own, which
 * do not run below normal priority as the worker does: pages waited for them. `npm run worker` says the same.
 */
export const workerFlags = ['--max-semi-space-size=8', '--max-old-space-size=192', '--single-threaded-gc'];

const keptCharacters = 8_192;
const refusal = z.object({ refused: z.string() });

/** Starts a part. In a group of its own, so that Ctrl-C reaches the supervisor alone, which stops the parts in order. */
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

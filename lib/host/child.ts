import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** A long-running part of Promint in a process of its own. */
export type Child = { process: ChildProcess; stop(withinMs: number): Promise<void> };

/**
 * What Node is told for a worker. It lets garbage lie as long as there is room: measured over a million codes,
 * 430 MB without limits and 170 MB with these, at the same speed. And it would clear it by threads of their own, which
 * do not run below normal priority as the worker does: pages waited for them. `npm run worker` says the same.
 */
export const workerFlags = ['--max-semi-space-size=8', '--max-old-space-size=192', '--single-threaded-gc'];

/** Starts a part. In a group of its own, so that Ctrl-C reaches the supervisor alone, which stops the parts in order. */
export function startChild(script: string, env: NodeJS.ProcessEnv, flags: readonly string[] = []): Child {
  const child = fork(script, { env, detached: true, execArgv: ['--disable-warning=ExperimentalWarning', ...flags] });
  return {
    process: child,
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
export async function firstMessage(child: Child): Promise<unknown> {
  const message = once(child.process, 'message').then(([first]: unknown[]) => first);
  return Promise.race([message, once(child.process, 'exit').then(() => null)]);
}

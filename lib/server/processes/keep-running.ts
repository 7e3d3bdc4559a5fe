import { setTimeout as delay } from 'node:timers/promises';
import type { Child } from '#lib/server/processes/child';

const maxBackoffSeconds = 60;
const stableAfterMs = 60_000;

/** The number of consecutive exits after a run of `ranMs`. `before` is the number before it. A run of a minute resets the count to 1. */
export const consecutiveExits = (before: number, ranMs: number): number => (ranMs < stableAfterMs ? before + 1 : 1);

/** The seconds to wait before a restart after so many consecutive exits: 1, 2, 4 and so on, up to a minute. */
export const backoffSeconds = (exits: number): number => Math.min(maxBackoffSeconds, 2 ** (exits - 1));

/** A process that is restarted whenever it ends. */
export type SupervisedProcess = {
  /** Stops the process permanently: sends SIGTERM, and SIGKILL when it has not ended after `withinMs`. */
  stop(withinMs: number): Promise<void>;
};

/** Restarts a process by `launch` whenever it ends, after an increasing wait and without a limit. Passes a line with the reason to `print`. */
export function keepRunning(name: string, first: Child, launch: () => Child, print: (line: string) => void): SupervisedProcess {
  const stopping = new AbortController();
  const { signal } = stopping;
  let child = first;
  const supervise = async () => {
    for (let exits = 0; ; child = launch()) {
      const startedAt = performance.now();
      await child.ended;
      if (signal.aborted) return;
      exits = consecutiveExits(exits, performance.now() - startedAt);
      const seconds = backoffSeconds(exits);
      print(`The ${name} stopped (${describeExit(child)}); starting it again in ${seconds} s.`);
      await delay(seconds * 1000, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
    }
  };
  void supervise();
  return {
    async stop(withinMs) {
      stopping.abort();
      await child.stop(withinMs);
    },
  };
}

function describeExit({ process: { exitCode, signalCode }, lastError }: Child): string {
  const end = signalCode ?? `exit ${exitCode}`;
  const error = lastError();
  return error ? `${end}: ${error}` : end;
}

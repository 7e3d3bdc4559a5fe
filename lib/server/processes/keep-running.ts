import { setTimeout as delay } from 'node:timers/promises';
import type { Child } from '#lib/server/processes/child';

const longestSeconds = 60;
const wellAfterMs = 60_000;

/** The number of consecutive deaths of a part: `before` and one more, or 1 when the part ran for a minute. */
export const deathsInRow = (before: number, ranMs: number): number => (ranMs < wellAfterMs ? before + 1 : 1);

/** The seconds before a restart after this number of consecutive deaths: 1, 2, 4 and so on, up to a minute. */
export const backOffSeconds = (deaths: number): number => Math.min(longestSeconds, 2 ** (deaths - 1));

/** A part that is restarted whenever it dies. */
export type KeptPart = {
  /** Stops the part permanently: SIGTERM, and SIGKILL after `withinMs`. */
  stop(withinMs: number): Promise<void>;
};

/** Starts a part by `launch` and restarts it whenever it dies, after growing pauses, without a limit. `say` gets a line with the reason. */
export function keepRunning(name: string, first: Child, launch: () => Child, say: (line: string) => void): KeptPart {
  const stopping = new AbortController();
  const { signal } = stopping;
  let child = first;
  const keep = async () => {
    for (let deaths = 0; ; child = launch()) {
      const startedAt = performance.now();
      await child.ended;
      if (signal.aborted) return;
      deaths = deathsInRow(deaths, performance.now() - startedAt);
      const seconds = backOffSeconds(deaths);
      say(`The ${name} stopped (${causeOfDeath(child)}); starting it again in ${seconds} s.`);
      await delay(seconds * 1000, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
    }
  };
  void keep();
  return {
    async stop(withinMs) {
      stopping.abort();
      await child.stop(withinMs);
    },
  };
}

function causeOfDeath({ process: { exitCode, signalCode }, lastError }: Child): string {
  const end = signalCode ?? `exit ${exitCode}`;
  const error = lastError();
  return error ? `${end}: ${error}` : end;
}

import { setTimeout as delay } from 'node:timers/promises';

const intervalMs = 20;

/**
 * Asks until there is an answer (anything but null, undefined and false) and returns it. Throws, naming
 * `what`, when none came in time. The way to wait for another process: by its effect, never by the clock.
 */
export async function eventually<T>(what: string, ask: () => Promise<T>, withinMs = 15_000): Promise<NonNullable<T>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`${what}: not within ${withinMs} ms`);
    await delay(intervalMs);
  }
}

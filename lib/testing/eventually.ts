import { setTimeout as delay } from 'node:timers/promises';

const intervalMs = 20;

/**
 * Polls until there is a result (anything but null, undefined and false) and returns it. Throws, naming `what`, when there is none in
 * time. Tests use this to wait for an effect of another process, never for a fixed time.
 */
export async function eventually<T>(what: string, poll: () => Promise<T>, withinMs = 15_000): Promise<NonNullable<T>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const result = await poll();
    if (result !== null && result !== undefined && result !== false) return result;
    if (Date.now() > deadline) throw new Error(`timed out after ${withinMs} ms waiting for ${what}`);
    await delay(intervalMs);
  }
}

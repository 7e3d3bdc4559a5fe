import { z } from 'zod';

// The watched jobs are stored for one tab, so that a reload keeps them. The announced jobs are stored for all tabs, so that
// only one tab announces each.
const watchedKey = 'promint.jobs.watched';
const lastPollKey = 'promint.jobs.last-poll';
const announcedKey = 'promint.jobs.announced';
const announcedLimit = 200;

const ids = z.array(z.string());
const thisTab = () => sessionStorage;
const allTabs = () => localStorage;
const none: readonly string[] = [];
const listeners = new Set<() => void>();
let watched: readonly string[] | undefined;

function read<T>(storage: () => Storage, key: string, schema: z.ZodType<T>, fallback: T): T {
  try {
    return schema.parse(JSON.parse(storage().getItem(key) ?? ''));
  } catch {
    // The key is missing, its value is not ours, or the storage is unavailable.
    return fallback;
  }
}

function write(storage: () => Storage, key: string, value: unknown): void {
  try {
    storage().setItem(key, JSON.stringify(value));
  } catch {
    // The storage is full or unavailable. The value lasts until the page reloads.
  }
}

function set(next: readonly string[]): void {
  watched = next;
  write(thisTab, watchedKey, next);
  for (const listener of listeners) listener();
}

/** The ids of the jobs whose end this tab announces, as an external store for React. */
export const watchedJobs = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  now(): readonly string[] {
    watched ??= read(thisTab, watchedKey, ids, []);
    return watched;
  },
  onServer: (): readonly string[] => none,
};

/** Announces the end of this job, on any page of this tab. */
export function watchJob(id: string): void {
  if (!watchedJobs.now().includes(id)) set([...watchedJobs.now(), id]);
}

/** Stops watching jobs, such as those of a deleted promotion. */
export function unwatchJobs(removed: readonly string[]): void {
  if (removed.length > 0) set(watchedJobs.now().filter((id) => !removed.includes(id)));
}

/** Stops watching a job and returns whether this tab announces its end. Only one of all tabs does. */
export function takeOutcome(id: string): boolean {
  unwatchJobs([id]);
  const announced = read(allTabs, announcedKey, ids, []);
  if (announced.includes(id)) return false;
  write(allTabs, announcedKey, [...announced, id].slice(-announcedLimit));
  return true;
}

/** Returns the time of the last poll, by the server's clock. Jobs created since then are announced even if they have ended. */
export function lastPoll(): string | undefined {
  return read(thisTab, lastPollKey, z.iso.datetime().optional(), undefined);
}

/** Stores the time of a poll. */
export function recordPoll(now: string): void {
  write(thisTab, lastPollKey, now);
}

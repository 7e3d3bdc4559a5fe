import { z } from 'zod';

// In this tab until it closes, so that a reload forgets nothing; what was told is kept for all tabs, so that none repeats it.
const watchedKey = 'promint.jobs.watched';
const lookedKey = 'promint.jobs.looked';
const toldKey = 'promint.jobs.told';
const toldKept = 200;

const ids = z.array(z.string());
const thisTab = () => sessionStorage;
const allTabs = () => localStorage;
const none: readonly string[] = [];
const listeners = new Set<() => void>();
let watched: readonly string[] | undefined;

function read<T>(storage: () => Storage, key: string, shape: z.ZodType<T>, otherwise: T): T {
  try {
    return shape.parse(JSON.parse(storage().getItem(key) ?? ''));
  } catch {
    // Nothing yet, somebody else's words under our key, or no storage at all.
    return otherwise;
  }
}

function write(storage: () => Storage, key: string, value: unknown): void {
  try {
    storage().setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: then it lasts until the page is reloaded.
  }
}

function set(next: readonly string[]): void {
  watched = next;
  write(thisTab, watchedKey, next);
  for (const listener of listeners) listener();
}

/** The ids of the jobs whose end is to be told in this tab. */
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

/** Tells the end of this job when it comes, on whatever page that is. */
export function watchJob(id: string): void {
  if (!watchedJobs.now().includes(id)) set([...watchedJobs.now(), id]);
}

/** Stops watching jobs, such as those that went with their promotion. */
export function forget(gone: readonly string[]): void {
  if (gone.length > 0) set(watchedJobs.now().filter((id) => !gone.includes(id)));
}

/** Stops watching a job, and answers whether its end is still to be told: of all tabs, one tells it. */
export function takeOutcome(id: string): boolean {
  forget([id]);
  const told = read(allTabs, toldKey, ids, []);
  if (told.includes(id)) return false;
  write(allTabs, toldKey, [...told, id].slice(-toldKept));
  return true;
}

/** When the server was last asked, by its own clock: jobs made since then are news, even when they are over. */
export function lastLook(): string | undefined {
  return read(thisTab, lookedKey, z.iso.datetime().optional(), undefined);
}

export function looked(now: string): void {
  write(thisTab, lookedKey, now);
}

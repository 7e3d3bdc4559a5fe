import { z } from 'zod';

// In this tab until it closes, so that a reload forgets nothing; what was told is kept for all tabs, so that none repeats it.
const watchedKey = 'promint.jobs.watched';
const toldKey = 'promint.jobs.told';
const toldKept = 200;

const ids = z.array(z.string());
const none: readonly string[] = [];
const listeners = new Set<() => void>();
let watched: readonly string[] | undefined;

function read(storage: Storage, key: string): string[] {
  try {
    return ids.parse(JSON.parse(storage.getItem(key) ?? '[]'));
  } catch {
    // Somebody else's words under our key, or none may be kept at all: as if there were none.
    return [];
  }
}

function write(storage: Storage, key: string, value: readonly string[]): void {
  try {
    storage.setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: then it lasts until the page is reloaded.
  }
}

function set(next: readonly string[]): void {
  watched = next;
  write(sessionStorage, watchedKey, next);
  for (const listener of listeners) listener();
}

/** The ids of the jobs whose end is to be told in this tab. */
export const watchedJobs = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  now(): readonly string[] {
    watched ??= read(sessionStorage, watchedKey);
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
  const told = read(localStorage, toldKey);
  if (told.includes(id)) return false;
  write(localStorage, toldKey, [...told, id].slice(-toldKept));
  return true;
}

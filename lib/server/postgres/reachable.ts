import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const enterByOthers = 0o001;

/**
 * The first folder on the way to `paths` that other users cannot enter; null when there is none. It matters only for root, because
 * PostgreSQL refuses to run as root and runs as the user `postgres` instead.
 */
export async function unreachableFolder(paths: string[]): Promise<string | null> {
  if (process.getuid?.() !== 0) return null;
  const folders = new Set(paths.flatMap(withParents).sort());
  for (const folder of folders) {
    const { mode, uid } = await stat(folder);
    if (uid === 0 && (mode & enterByOthers) === 0) return folder;
  }
  return null;
}

function withParents(path: string): string[] {
  const parent = dirname(path);
  return parent === path ? [path] : [path, ...withParents(parent)];
}

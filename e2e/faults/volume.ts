import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A small tmpfs file system, mounted on a folder. */
export type Volume = {
  /** Mounts the file system again with other options, such as `ro`, `rw` or `size=…`. */
  remount(options: string): Promise<void>;
  remove(): Promise<void>;
};

const mounted = new Set<string>();

export async function mountVolume(folder: string, options: string): Promise<Volume> {
  await run('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  mounted.add(folder);
  return {
    async remount(options) {
      await run('mount', ['-o', `remount,${options}`, folder]);
    },
    remove: () => unmount(folder),
  };
}

/** Unmounts every volume, even one that a process still uses. */
export async function unmountAll(): Promise<void> {
  await Promise.all([...mounted].map(unmount));
}

async function unmount(folder: string): Promise<void> {
  mounted.delete(folder);
  await run('umount', ['--lazy', folder]);
}

/** Returns true when this process can mount volumes. Without mounts, the disk scenarios simulate the fault. */
export async function canMount(): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'promint-mount-'));
  try {
    await (await mountVolume(folder, 'size=64k')).remove();
    return true;
  } catch {
    return false;
  } finally {
    await rm(folder, { recursive: true });
  }
}

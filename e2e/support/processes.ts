import { readdir, readFile, readlink } from 'node:fs/promises';

export type Process = { pid: number; parent: number; command: string; environment: string };

/** The processes that belong to a data folder, by their settings, their command line or the folder they work in. Linux only. */
export async function processesOf(dataDir: string): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
      const [command, environment, stat] = [await read('cmdline'), await read('environ'), await read('stat')];
      const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
      const belongs =
        command.includes(dataDir) || environment.split('\0').includes(`DATA_DIR=${dataDir}`) || folder.startsWith(`${dataDir}/`);
      // What has ended and only waits for its parent to notice is gone.
      const [, state, parent] = /\) (\S) (\d+)/.exec(stat) ?? [];
      if (!belongs || state === 'Z') return null;
      return { pid: Number(pid), parent: Number(parent), command: command.replaceAll('\0', ' ').trim(), environment };
    }),
  );
  return found.filter((process) => process !== null);
}

import { readdir, readFile, readlink } from 'node:fs/promises';

export type Process = { pid: number; parent: number; command: string; environment: string };

/** Returns the processes whose environment, command line or working folder names the data folder. Linux only. */
export async function processesOf(dataDir: string): Promise<Process[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
      const [command, environment, stat] = [await read('cmdline'), await read('environ'), await read('stat')];
      const folder = await readlink(`/proc/${pid}/cwd`).catch(() => '');
      const belongs =
        command.includes(dataDir) || environment.split('\0').includes(`DATA_DIR=${dataDir}`) || folder.startsWith(`${dataDir}/`);
      // A zombie process has exited already.
      const [, state, parent] = /\) (\S) (\d+)/.exec(stat) ?? [];
      if (!belongs || state === 'Z') return null;
      return { pid: Number(pid), parent: Number(parent), command: command.replaceAll('\0', ' ').trim(), environment };
    }),
  );
  return found.filter((process) => process !== null);
}

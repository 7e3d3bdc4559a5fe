import { readdir, readFile } from 'node:fs/promises';

/** The processes that belong to a data folder, by their settings or their command line. Linux only. */
export async function processesOf(dataDir: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
      const [command, environment] = [await read('cmdline'), await read('environ')];
      const belongs = command.includes(dataDir) || environment.split('\0').includes(`DATA_DIR=${dataDir}`);
      return belongs ? `${pid} ${command.replaceAll('\0', ' ').trim()}` : null;
    }),
  );
  return found.filter((line) => line !== null);
}

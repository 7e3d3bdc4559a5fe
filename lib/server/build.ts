import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { glob, mkdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { waitForLock } from '#lib/server/processes/lock';
import { StartupError } from '#lib/server/startup-error';

const sources = ['app/**/*', 'components/**/*', 'lib/**/*', 'prisma/schema.prisma', 'proxy.ts', 'next.config.js', 'package-lock.json'];

/**
 * Builds the web application when there is no build or when a source file is newer than the build. If another process is already
 * building, the call waits for that build. `signal` stops the build.
 */
export async function buildWhenNeeded(print: (line: string) => void, signal?: AbortSignal): Promise<void> {
  const folder = process.env.NEXT_DIST_DIR ?? '.next';
  if (await isBuilt(folder)) return;
  print('Building Promint. This happens once and takes about 30 seconds …');
  // Next empties the build folder, except for this subfolder.
  const cache = `${folder}/cache`;
  await mkdir(cache, { recursive: true });
  const lock = await waitForLock(`${cache}/promint.lock`);
  try {
    if (!(await isBuilt(folder))) await build(signal);
  } finally {
    lock?.release();
  }
}

async function build(signal?: AbortSignal): Promise<void> {
  const next = fileURLToPath(import.meta.resolve('next/dist/bin/next'));
  const child = spawn(process.execPath, [next, 'build'], { stdio: ['ignore', 'pipe', 'pipe'], signal });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new StartupError(`The build failed:\n${Buffer.concat(output)}`);
}

async function isBuilt(folder: string): Promise<boolean> {
  const built = await modified(`${folder}/BUILD_ID`);
  return built > 0 && (await newestSource()) <= built;
}

async function newestSource(): Promise<number> {
  let newest = 0;
  for (const pattern of sources) {
    for await (const path of glob(pattern, { exclude: (name) => name.endsWith('.test.ts') }))
      newest = Math.max(newest, await modified(path));
  }
  return newest;
}

async function modified(path: string): Promise<number> {
  return stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );
}

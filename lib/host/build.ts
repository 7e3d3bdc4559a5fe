import { spawnSync } from 'node:child_process';
import { glob, stat } from 'node:fs/promises';
import { StartupError } from '#lib/host/startup-error';

const sources = ['app/**/*', 'components/**/*', 'lib/**/*', 'prisma/schema.prisma', 'proxy.ts', 'next.config.js', 'package-lock.json'];

/** Builds the web part when it was never built, or when a source is newer than the build. */
export async function buildWhenNeeded(say: (line: string) => void): Promise<void> {
  const built = await modified(`${process.env.NEXT_DIST_DIR ?? '.next'}/BUILD_ID`);
  if (built > 0 && (await newestSource()) <= built) return;
  say('Building Promint; this takes half a minute, once …');
  const result = spawnSync('next', ['build'], { encoding: 'utf8' });
  if (result.status !== 0) throw new StartupError(`The build failed:\n${result.stdout}${result.stderr}`);
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

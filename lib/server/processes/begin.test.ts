import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = process.cwd();
const { scripts } = JSON.parse(await readFile('package.json', 'utf8'));

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'promint-env-'));
  await writeFile(join(folder, '.env'), 'WORKER_CONCURRENCY=many\nDATA_DIR=/nowhere/promint\n');
  const ignored = ['.env.local', '.env.production', '.env.production.local', '.env.development'];
  await Promise.all(ignored.map((name) => writeFile(join(folder, name), 'LOG_LEVEL=loud\nOTHER=1\n')));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a program in the folder with these settings in its environment and returns its output. */
function outputOf(parameters: string[], env: Record<string, string>): Promise<string> {
  return new Promise((resolve) => {
    const options = { cwd: folder, env: { PATH: process.env.PATH ?? '', ...env } };
    const execArgv = ['--disable-warning=ExperimentalWarning'];
    execFile(process.execPath, [...execArgv, ...parameters], options as object, (_, out, err) => resolve(`${out}${err}`.trim()));
  });
}

/** The file that an npm script runs. */
const programOf = (script: string) => join(root, /\S+\.ts/.exec(scripts[script])?.[0] ?? '');

test.each(['start', 'web', 'worker', 'client', 'user'].filter((script) => script in scripts))(
  'npm run %s reads the settings in .env',
  async (script) => {
    expect(await outputOf([programOf(script), 'list'], {})).toContain('WORKER_CONCURRENCY must be a whole number from 1 to 16');
  },
);

test.each(['web', 'worker'])('npm run %s prefers its environment to .env, and reads no .env.local or .env.production', async (script) => {
  const output = await outputOf([programOf(script)], { WORKER_CONCURRENCY: '2' });
  expect(output).toBe('Promint cannot start: DATABASE_URL is not set: set it, or use npm start, which sets it');
});

test('an empty environment variable unsets the setting in .env', async () => {
  expect(await outputOf([programOf('client'), 'list'], { WORKER_CONCURRENCY: '', DATA_DIR: '/elsewhere' })).toContain(
    'No Promint runs on /elsewhere',
  );
});

test('begin.ts prevents Next from reading .env files and sets NODE_ENV to production', async () => {
  const begin = JSON.stringify(join(root, 'lib/server/processes/begin.ts'));
  const env = JSON.stringify(join(root, 'node_modules/@next/env/dist/index.js'));
  const program = `await import(${begin}); (await import(${env})).default.loadEnvConfig(process.cwd(), false);
    console.log(process.env.NODE_ENV, process.env.WORKER_CONCURRENCY, process.env.OTHER, process.env.LOG_LEVEL)`;
  expect(await outputOf(['--input-type=module', '-e', program], { NODE_ENV: 'development' })).toBe('production many undefined undefined');
});

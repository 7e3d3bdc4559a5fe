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

/** The output of a program in the folder with these settings in its environment. */
function said(parameters: string[], env: Record<string, string>): Promise<string> {
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
    expect(await said([programOf(script), 'list'], {})).toContain('WORKER_CONCURRENCY takes a whole number from 1 to 16');
  },
);

test.each(['web', 'worker'])('npm run %s prefers its environment to .env, and reads no .env.local or .env.production', async (script) => {
  const answer = await said([programOf(script)], { WORKER_CONCURRENCY: '2' });
  expect(answer).toBe('Promint cannot start: DATABASE_URL is not set; set it, or run npm start, which provides it');
});

test('an empty variable in the environment unsets the value in .env', async () => {
  expect(await said([programOf('client'), 'list'], { WORKER_CONCURRENCY: '', DATA_DIR: '/elsewhere' })).toContain(
    'No Promint runs on /elsewhere',
  );
});

test('Next reads no .env file itself, and runs in production mode', async () => {
  const begin = JSON.stringify(join(root, 'lib/server/processes/begin.ts'));
  const env = JSON.stringify(join(root, 'node_modules/@next/env/dist/index.js'));
  const program = `await import(${begin}); (await import(${env})).default.loadEnvConfig(process.cwd(), false);
    console.log(process.env.NODE_ENV, process.env.WORKER_CONCURRENCY, process.env.OTHER, process.env.LOG_LEVEL)`;
  expect(await said(['--input-type=module', '-e', program], { NODE_ENV: 'development' })).toBe('production many undefined undefined');
});

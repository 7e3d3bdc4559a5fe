import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm test`: everything that must hold, in one go, with a build of its own (so its types are checked by
 * `e2e/tsconfig.json`, which knows no other). Whatever it makes, processes and files, is gone
 * afterwards; after a failure `test-results/` keeps the traces of the journeys that failed.
 */
type Outcome = { passed: number; failed: number };

const folder = await mkdtemp(join(tmpdir(), 'promint-test-'));
// As root, PostgreSQL runs as the user postgres, which must be able to enter.
await chmod(folder, 0o755);
const buildDir = '.next-test';
const report = (name: string) => join(folder, `${name}.json`);
const env: NodeJS.ProcessEnv = {
  ...process.env,
  // Browsers and tools unpack and cache things in the temporary folder: give them one that goes.
  TMPDIR: folder,
  NEXT_DIST_DIR: buildDir,
  PLAYWRIGHT_JSON_OUTPUT_NAME: report('journeys'),
  DATABASE_URL: '',
};

let current: ReturnType<typeof spawn> | undefined;

/** Runs a step, showing what it says, and returns whether it ended well. */
async function run(command: string, ...parameters: string[]): Promise<boolean> {
  current = spawn(command, parameters, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve, reject) => {
    current?.once('error', reject);
    current?.once('exit', (code) => resolve(code === 0));
  });
}

/** A step that holds or does not, counted only when it does not. Its parts run one after the other. */
async function check(...parts: [command: string, ...parameters: string[]][]): Promise<Outcome> {
  for (const part of parts) if (!(await run(...part))) return { passed: 0, failed: 1 };
  return { passed: 0, failed: 0 };
}

/** A step made of tests, which are counted in its report. One that fails as a whole counts as a failure, too. */
async function tests(name: string, count: (report: unknown) => Outcome, command: string, ...parameters: string[]): Promise<Outcome> {
  const well = await run(command, ...parameters);
  const text = await readFile(report(name), 'utf8').catch(() => null);
  const outcome = text === null ? { passed: 0, failed: 0 } : count(JSON.parse(text));
  return well || outcome.failed > 0 ? outcome : { ...outcome, failed: 1 };
}

function countUnits(report: unknown): Outcome {
  const { numPassedTests, numFailedTests } = report as { numPassedTests: number; numFailedTests: number };
  return { passed: numPassedTests, failed: numFailedTests };
}

function countJourneys(report: unknown): Outcome {
  const { stats } = report as { stats: { expected: number; unexpected: number; flaky: number } };
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
}

function countFaults(report: unknown): Outcome {
  const { passed, failed } = report as Outcome;
  return { passed, failed };
}

const steps: [string, () => Promise<Outcome>][] = [
  ['Lint', () => check(['biome', 'check'])],
  ['Types', () => check(['next', 'typegen'], ['tsc', '--noEmit', '-p', 'e2e'])],
  [
    'Unit and database tests',
    () => tests('units', countUnits, 'vitest', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report('units')}`),
  ],
  ['Production build', () => check(['next', 'build'])],
  ['Journeys in a browser', () => tests('journeys', countJourneys, 'playwright', 'test', '--reporter=list,json')],
  [
    'Faults, a short round of each',
    () =>
      tests(
        'faults',
        countFaults,
        'node',
        '--disable-warning=ExperimentalWarning',
        'e2e/faults/run.ts',
        '--short',
        '--report',
        report('faults'),
      ),
  ],
];

async function runAll(): Promise<Outcome> {
  const total = { passed: 0, failed: 0 };
  for (const [name, step] of steps) {
    console.log(`\n── ${name}`);
    const started = Date.now();
    const { passed, failed } = await step();
    console.log(`── ${name}: ${failed > 0 ? 'failed' : 'fine'} after ${Math.round((Date.now() - started) / 1000)} s`);
    total.passed += passed;
    total.failed += failed;
    // Without a build, all that follows would only say the same again.
    if (name === 'Production build' && failed > 0) break;
  }
  return total;
}

/** What a build writes beside its own folder. */
const nextTypes = 'next-env.d.ts';
const before = await readFile(nextTypes).catch(() => null);

async function tidyUp(): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await rm(buildDir, { recursive: true, force: true });
  await (before ? writeFile(nextTypes, before) : rm(nextTypes, { force: true }));
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    current?.once('exit', () => void tidyUp().then(() => process.exit(1)));
    current?.kill(signal);
  });
}

const { passed, failed } = await runAll().finally(tidyUp);
if (failed === 0) await rm('test-results', { recursive: true, force: true });
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * `npm test`: runs all checks and tests with a separate production build. `e2e/tsconfig.json` checks types against this
 * build only. All processes and files are removed afterwards. After a failure, `test-results/` keeps the traces of the
 * failed browser tests.
 */
type Outcome = { passed: number; failed: number };

const folder = await mkdtemp(join(tmpdir(), 'promint-test-'));
// Under root, PostgreSQL runs as the user postgres, which needs access to the folder.
await chmod(folder, 0o755);
const buildDir = '.next-test';
const report = (name: string) => join(folder, `${name}.json`);
const env: NodeJS.ProcessEnv = {
  ...process.env,
  // Browsers and tools leave files in the temporary folder, so they get one that is removed.
  TMPDIR: folder,
  NEXT_DIST_DIR: buildDir,
  PLAYWRIGHT_JSON_OUTPUT_NAME: report('browser'),
  DATABASE_URL: '',
};

let current: ReturnType<typeof spawn> | undefined;

/** Runs a command with its output shown. Returns whether it succeeded. */
async function run(command: string, ...parameters: string[]): Promise<boolean> {
  current = spawn(command, parameters, { env, stdio: ['ignore', 'inherit', 'inherit'] });
  return new Promise((resolve, reject) => {
    current?.once('error', reject);
    current?.once('exit', (code) => resolve(code === 0));
  });
}

/** Runs commands until one fails. Counts only a failure. */
async function check(...commands: [command: string, ...parameters: string[]][]): Promise<Outcome> {
  for (const command of commands) if (!(await run(...command))) return { passed: 0, failed: 1 };
  return { passed: 0, failed: 0 };
}

/** Runs a test runner and counts the tests in its report. A runner that fails without a failed test counts as one failure. */
async function tests(name: string, count: (report: unknown) => Outcome, command: string, ...parameters: string[]): Promise<Outcome> {
  const succeeded = await run(command, ...parameters);
  const text = await readFile(report(name), 'utf8').catch(() => null);
  const outcome = text === null ? { passed: 0, failed: 0 } : count(JSON.parse(text));
  return succeeded || outcome.failed > 0 ? outcome : { ...outcome, failed: 1 };
}

function countUnits(report: unknown): Outcome {
  const { numPassedTests, numFailedTests } = report as { numPassedTests: number; numFailedTests: number };
  return { passed: numPassedTests, failed: numFailedTests };
}

function countBrowserTests(report: unknown): Outcome {
  const { stats } = report as { stats: { expected: number; unexpected: number; flaky: number } };
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected };
}

function countScenarios(report: unknown): Outcome {
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
  ['Browser tests', () => tests('browser', countBrowserTests, 'playwright', 'test', '--reporter=list,json')],
  [
    'Fault scenarios, one short round of each',
    () =>
      tests(
        'faults',
        countScenarios,
        'node',
        '--disable-warning=ExperimentalWarning',
        'e2e/faults/run.ts',
        '--short',
        '--lanes',
        '4',
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
    console.log(`── ${name}: ${failed > 0 ? 'failed' : 'passed'} after ${Math.round((Date.now() - started) / 1000)} s`);
    total.passed += passed;
    total.failed += failed;
    // Without a build, all further steps fail.
    if (name === 'Production build' && failed > 0) break;
  }
  return total;
}

/** The file that a build writes outside its own folder. */
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

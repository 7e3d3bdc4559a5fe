import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { createDatabase, dropDatabase, prepareDatabase, startTemporaryPostgres } from '#lib/testing/postgres';
import { backgroundLoadPercent } from './background-load.ts';
import { benchmarks } from './benchmarks.ts';
import { formatReport, type Measurement, meetsTarget } from './measurement.ts';

/**
 * `npm run bench -- [--only NAME …] [--quick]`: measures speed and memory on a temporary PostgreSQL with the settings of
 * `npm start`. Exits with 1 when a target is not met.
 */
const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, quick: { type: 'boolean', default: false } } });
const names = values.only ?? Object.keys(benchmarks);
const unknown = names.filter((name) => !benchmarks[name]);
if (unknown.length > 0) {
  console.error(`Unknown benchmark: ${unknown.join(', ')}. Use ${Object.keys(benchmarks).join(', ')}.`);
  process.exit(1);
}

const server = await startTemporaryPostgres({ durable: true });
process.once('SIGINT', () => void server.stop().then(() => process.exit(1)));

try {
  await prepareDatabase(await createDatabase(server.databaseUrl, 'prepared'));
  const measurements: Measurement[] = [];
  const failed: string[] = [];
  for (const name of names) {
    const busy = await backgroundLoadPercent();
    const disturbed = busy > 15;
    console.error(`${name}${disturbed ? ` (other processes use ${busy}% of this machine)` : ''} …`);
    const results = await runBenchmark(name);
    if (!results) failed.push(name);
    for (const one of results ?? []) measurements.push({ ...one, benchmark: name, ...(disturbed && { busyPercent: busy }) });
  }
  console.log(formatReport(measurements));
  if (failed.length > 0) console.error(`Failed benchmarks (see the errors above): ${failed.join(', ')}.`);
  process.exitCode = failed.length === 0 && measurements.every(meetsTarget) ? 0 : 1;
} finally {
  await server.stop();
}

/** Returns the measurements of a benchmark, or null when its process fails. The process prints its own errors. */
async function runBenchmark(name: string): Promise<Measurement[] | null> {
  const databaseUrl = await createDatabase(server.databaseUrl, name, 'prepared');
  const settings = { DATABASE_URL: databaseUrl, DATA_DIR: server.folder, APP_SECRET: randomBytes(32).toString('hex'), LOG_LEVEL: 'warn' };
  const env = { ...process.env, ...settings };
  const execArgv = ['--disable-warning=ExperimentalWarning'];
  const child = fork(`${import.meta.dirname}/run-benchmark.ts`, [name, ...(values.quick ? ['quick'] : [])], { env, execArgv });
  let results: Measurement[] | null = null;
  child.once('message', (message: Measurement[]) => {
    results = message;
  });
  await once(child, 'exit');
  await dropDatabase(server.databaseUrl, name);
  return results;
}

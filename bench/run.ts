import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { createDatabase, dropDatabase, prepareDatabase, startTemporaryPostgres } from '#lib/testing/postgres';
import { busyPercent } from './disturbance.ts';
import { isWithin, type Measurement, printed } from './measurement.ts';
import { parts } from './parts.ts';

/**
 * `npm run bench -- [--only PART …] [--quick]`: the promises about speed and memory, measured on a PostgreSQL of its
 * own with the settings of `npm start`. Ends with 1 when one is not kept.
 */
const { values } = parseArgs({ options: { only: { type: 'string', multiple: true }, quick: { type: 'boolean', default: false } } });
const names = values.only ?? Object.keys(parts);
const unknown = names.filter((name) => !parts[name]);
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}.`);
  process.exit(1);
}

const server = await startTemporaryPostgres({ durable: true });
process.once('SIGINT', () => void server.stop().then(() => process.exit(1)));

try {
  await prepareDatabase(await createDatabase(server.databaseUrl, 'prepared'));
  const measurements: Measurement[] = [];
  const broken: string[] = [];
  for (const name of names) {
    const busy = await busyPercent();
    const by = busy > 15 ? `, while something else takes ${busy} % of this machine` : '';
    console.error(`${name}${by} …`);
    const told = await measured(name);
    if (!told) broken.push(name);
    for (const one of told ?? []) measurements.push({ ...one, part: name, ...(by && { busyPercent: busy }) });
  }
  console.log(printed(measurements));
  if (broken.length > 0) console.error(`Without an end, for the reasons above: ${broken.join(', ')}.`);
  process.exitCode = broken.length === 0 && measurements.every(isWithin) ? 0 : 1;
} finally {
  await server.stop();
}

/** What a part measured, or null when it came to no end; what it says of that is printed already. */
async function measured(name: string): Promise<Measurement[] | null> {
  const databaseUrl = await createDatabase(server.databaseUrl, name, 'prepared');
  const settings = { DATABASE_URL: databaseUrl, DATA_DIR: server.folder, APP_SECRET: randomBytes(32).toString('hex'), LOG_LEVEL: 'warn' };
  const env = { ...process.env, ...settings };
  const execArgv = ['--disable-warning=ExperimentalWarning'];
  const part = fork(`${import.meta.dirname}/part.ts`, [name, ...(values.quick ? ['quick'] : [])], { env, execArgv });
  let told: Measurement[] | null = null;
  part.once('message', (message: Measurement[]) => {
    told = message;
  });
  await once(part, 'exit');
  await dropDatabase(server.databaseUrl, name);
  return told;
}

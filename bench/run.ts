import { randomBytes } from 'node:crypto';
import { createDatabase, prepareDatabase, startTemporaryPostgres } from '#lib/testing/postgres';
import { isWithin, printed } from './measurement.ts';

/**
 * `npm run bench`: the promises about speed and memory, measured on a PostgreSQL of its own with the
 * settings of `npm start`, and a worker in a process of its own. Ends with 1 when one is not kept.
 */
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const server = await startTemporaryPostgres({ durable: true });
process.once('SIGINT', () => void server.stop().then(() => process.exit(1)));

try {
  const databaseUrl = await createDatabase(server.databaseUrl, 'bench');
  await prepareDatabase(databaseUrl);
  const settings = { DATABASE_URL: databaseUrl, DATA_DIR: server.folder, APP_SECRET: randomBytes(32).toString('hex'), LOG_LEVEL: 'warn' };
  Object.assign(process.env, settings);
  // Not before the settings are there: some modules read them when they are loaded.
  const { measureAll } = await import('./all.ts');
  const measurements = await measureAll(server.folder, rounds, (line) => console.error(line));
  console.log(printed(measurements));
  process.exitCode = measurements.every(isWithin) ? 0 : 1;
} finally {
  await server.stop();
}

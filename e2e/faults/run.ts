import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs, promisify } from 'node:util';
import { printTable } from './report.ts';
import { startFaultServer } from './server.ts';

/**
 * `npm run test:faults`: makes everything go wrong that can, and checks after each round that every job ended
 * with exactly its codes or none. `--rounds 20` plays more, `--only export` some, `--short` one round of each.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string', default: '' },
    short: { type: 'boolean', default: false },
    lanes: { type: 'string', default: '3' },
  },
});
const seed = values.seed ? Number(values.seed) : randomInt(1_000_000);
const rounds = values.short ? 1 : values.rounds ? Number(values.rounds) : undefined;

console.log(`seed ${seed} (--seed ${seed} plays the same again)`);
const server = await startFaultServer();
const started = performance.now();
try {
  const databaseUrl = await server.createDatabase('promint_faults');
  await promisify(execFile)(process.execPath, ['lib/testing/prepare-database.ts', databaseUrl]);
  Object.assign(process.env, { DATABASE_URL: databaseUrl, LOG_LEVEL: 'silent' });
  // Not before the settings are there: some modules read them when they are loaded.
  const { playAll } = await import('./play.ts');
  const outcomes = await playAll({ server, seed, rounds, only: values.only, lanes: Number(values.lanes) });
  process.exitCode = printTable(outcomes, (performance.now() - started) / 1000) ? 0 : 1;
} finally {
  await server.remove();
}

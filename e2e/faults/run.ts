import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { buildWhenNeeded } from '#lib/host/build';
import { prepareGround } from './ground.ts';
import { playAll } from './play.ts';
import { printTable } from './report.ts';

/**
 * `npm run test:faults`: makes everything go wrong that can, and checks after each round that every job ended
 * with exactly its codes or none. `--rounds 20` plays more, `--only export` some, `--short` a small round of each.
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
const { short, only } = values;
const seed = values.seed ? Number(values.seed) : randomInt(1_000_000);
const rounds = values.rounds ? Number(values.rounds) : undefined;

// A round that breaks may leave calls behind that nobody waits for any more.
process.on('unhandledRejection', (reason) => console.log(`left behind: ${reason}`));

console.log(`seed ${seed} (--seed ${seed} plays the same again)`);
await buildWhenNeeded(console.log);
const started = performance.now();
const [shared, alone] = await Promise.all([prepareGround(), prepareGround()]);
try {
  const outcomes = await playAll({ seed, short, rounds, only, lanes: Number(values.lanes) }, shared, alone);
  process.exitCode = printTable(outcomes, (performance.now() - started) / 1000) ? 0 : 1;
} finally {
  await Promise.all([shared.server.remove(), alone.server.remove()]);
}

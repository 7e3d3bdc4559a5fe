import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { buildWhenNeeded } from '#lib/host/build';
import { prepareGround } from './ground.ts';
import { playAll } from './play.ts';
import { printTable } from './report.ts';

/**
 * `npm run test:faults`: makes everything go wrong that can, and checks after each round that every job ended
 * with exactly its codes or none. `--rounds 20` plays more, `--only export` some, `--short` a small round of
 * each; `--report` writes into a file how many faults held and how many did not.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string', default: '' },
    short: { type: 'boolean', default: false },
    lanes: { type: 'string', default: '3' },
    report: { type: 'string' },
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
const cleanUp = () => Promise.all([shared.server.remove(), alone.server.remove()]);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cleanUp().finally(() => process.exit(1)));
try {
  const outcomes = await playAll({ seed, short, rounds, only, lanes: Number(values.lanes) }, shared, alone);
  printTable(outcomes, (performance.now() - started) / 1000);
  const broken = outcomes.filter(({ problems }) => problems.length > 0).length;
  if (values.report) await writeFile(values.report, JSON.stringify({ held: outcomes.length - broken, broken }));
  process.exitCode = broken > 0 ? 1 : 0;
} finally {
  await cleanUp();
}

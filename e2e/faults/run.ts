import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { buildWhenNeeded } from '#lib/server/build';
import { createContext } from './context.ts';
import { printTable } from './report.ts';
import { runScenarios } from './run-scenarios.ts';

/**
 * `npm run test:faults`: injects faults into workers, the web process, PostgreSQL, the network and disks. After each round it
 * checks the invariants, for example that a job has exactly its codes or none.
 * Options: `--rounds 20` sets the rounds of each scenario, `--only export` selects scenarios by a part of their name, `--short`
 * runs one small round of each, `--report FILE` writes the number of passed and failed scenarios as JSON.
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

// A round that fails can leave promises that nothing awaits.
process.on('unhandledRejection', (reason) => console.log(`unhandled rejection: ${reason}`));

console.log(`seed ${seed} (repeat this run with --seed ${seed})`);
await buildWhenNeeded(console.log);
const started = performance.now();
const [shared, alone] = await Promise.all([createContext(), createContext()]);
const cleanUp = () => Promise.all([shared.server.remove(), alone.server.remove()]);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void cleanUp().finally(() => process.exit(1)));
try {
  const outcomes = await runScenarios({ seed, short, rounds, only, lanes: Number(values.lanes) }, shared, alone);
  printTable(outcomes, (performance.now() - started) / 1000);
  const failed = outcomes.filter(({ problems }) => problems.length > 0).length;
  if (values.report) await writeFile(values.report, JSON.stringify({ passed: outcomes.length - failed, failed }));
  process.exitCode = failed > 0 ? 1 : 0;
} finally {
  await cleanUp();
}

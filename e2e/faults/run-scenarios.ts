import type { Context } from './context.ts';
import { createEnvironment } from './environment.ts';
import { seededRandom } from './random.ts';
import type { Outcome } from './report.ts';
import type { Scenario } from './scenario.ts';
import { codeRemoveScenarios } from './scenarios/code-remove.ts';
import { databaseDiskScenarios } from './scenarios/database-disk.ts';
import { exportFolderScenarios } from './scenarios/export-folder.ts';
import { fairnessScenarios } from './scenarios/fairness.ts';
import { networkScenarios } from './scenarios/network.ts';
import { postgresScenarios } from './scenarios/postgres.ts';
import { promotionDeleteScenarios } from './scenarios/promotion-delete.ts';
import { queueScenarios } from './scenarios/queue.ts';
import { raceScenarios } from './scenarios/races.ts';
import { redemptionScenarios } from './scenarios/redemptions.ts';
import { webClockScenarios } from './scenarios/web-clock.ts';
import { webKilledScenarios } from './scenarios/web-killed.ts';
import { workerClockScenarios } from './scenarios/worker-clock.ts';
import { workerKilledScenarios } from './scenarios/worker-killed.ts';
import { workerStoppedScenarios } from './scenarios/worker-stopped.ts';

const allScenarios: Scenario[] = [
  ...workerKilledScenarios,
  ...workerStoppedScenarios,
  ...codeRemoveScenarios,
  ...promotionDeleteScenarios,
  ...queueScenarios,
  ...raceScenarios,
  ...networkScenarios,
  ...postgresScenarios,
  ...webKilledScenarios,
  ...exportFolderScenarios,
  ...databaseDiskScenarios,
  ...workerClockScenarios,
  ...webClockScenarios,
  ...fairnessScenarios,
  ...redemptionScenarios,
];

/** `short` runs one small round of each scenario. `rounds` replaces the number of rounds that each scenario sets. */
export type Options = { seed: number; short: boolean; rounds?: number; only: string; lanes: number };

/**
 * Runs the rounds in a seeded order, `lanes` at a time, on the `shared` server. Scenarios marked `alone` run one after
 * the other on the server of that name.
 */
export async function runScenarios(options: Options, shared: Context, alone: Context): Promise<Outcome[]> {
  const outcomes = allScenarios
    .filter(({ name }) => name.includes(options.only))
    .map((scenario): Outcome => ({ scenario, rounds: 0, seconds: [], problems: [] }));
  if (outcomes.length === 0) throw new Error(`no scenario has "${options.only}" in its name`);
  const random = seededRandom(options.seed, 'order');
  const planned = outcomes
    .flatMap((outcome) => {
      const rounds = options.rounds ?? (options.short ? 1 : outcome.scenario.rounds);
      return Array.from({ length: rounds }, (_, round) => ({ outcome, round, place: random.below(1e9) }));
    })
    .sort((one, other) => one.place - other.place);
  const lane = async (context: Context, rounds: typeof planned) => {
    for (let next = rounds.shift(); next; next = rounds.shift()) await runRound(options, context, next.outcome, next.round);
  };
  const onShared = planned.filter(({ outcome }) => !outcome.scenario.alone);
  const onAlone = planned.filter(({ outcome }) => outcome.scenario.alone);
  await Promise.all([lane(alone, onAlone), ...Array.from({ length: options.lanes }, () => lane(shared, onShared))]);
  return outcomes;
}

let environments = 0;

async function runRound({ seed, short }: Options, context: Context, outcome: Outcome, round: number): Promise<void> {
  const { scenario } = outcome;
  environments += 1;
  const random = seededRandom(seed, `${scenario.name} ${round}`);
  const environment = await createEnvironment(context, { name: `environment_${environments}`, random, short });
  const started = performance.now();
  const problems: string[] = [];
  try {
    const seconds = await scenario.run(environment);
    outcome.seconds.push(...seconds);
    // A short round shares a machine of unknown speed with other tests. It proves that a recovery comes, a full round when.
    const limit = scenario.withinSeconds * (short ? 4 : 1);
    for (const took of seconds.filter((each) => each > limit)) problems.push(`a recovery took ${took.toFixed(1)} s`);
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  problems.push(...(await environment.settle().catch((error: unknown) => [String(error)])));
  await environment.remove();
  outcome.rounds += 1;
  outcome.problems.push(...problems);
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log([`${problems.length > 0 ? 'FAILED' : 'passed'} ${scenario.name} (${seconds} s)`, ...problems].join('\n         '));
  if (problems.length > 0) console.log((await environment.logs()).replaceAll(/^/gm, '         | ').replaceAll(/"stack":"[^"]*",?/g, ''));
}

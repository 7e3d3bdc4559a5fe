import { clockFaults } from './cast/clock.ts';
import { databaseDiskFaults } from './cast/database-disk.ts';
import { deliveries } from './cast/deliver.ts';
import { exportFaults } from './cast/exports.ts';
import { kills } from './cast/kill.ts';
import { networkFaults } from './cast/network.ts';
import { postgresFaults } from './cast/postgres.ts';
import { raceFaults } from './cast/races.ts';
import { stops } from './cast/stop.ts';
import { waitingFaults } from './cast/waiting.ts';
import { webFaults } from './cast/web.ts';
import { webClockFaults } from './cast/web-clock.ts';
import type { Fault } from './fault.ts';
import type { Ground } from './ground.ts';
import { seededRandom } from './random.ts';
import type { Outcome } from './report.ts';
import { enterStage } from './stage.ts';

const everything: Fault[] = [
  ...kills,
  ...stops,
  ...deliveries,
  ...raceFaults,
  ...networkFaults,
  ...postgresFaults,
  ...webFaults,
  ...exportFaults,
  ...databaseDiskFaults,
  ...clockFaults,
  ...webClockFaults,
  ...waitingFaults,
];

/** `short` plays one small round of each. `rounds` says how many instead of what each fault thinks. */
export type Play = { seed: number; short: boolean; rounds?: number; only: string; lanes: number };

/**
 * Plays the rounds in a seeded order, some at a time on the `shared` server. Those that take their server down or
 * use it up have another one, and play there one after the other.
 */
export async function playAll(play: Play, shared: Ground, alone: Ground): Promise<Outcome[]> {
  const outcomes = everything
    .filter(({ name }) => name.includes(play.only))
    .map((fault): Outcome => ({ fault, rounds: 0, seconds: [], problems: [] }));
  if (outcomes.length === 0) throw new Error(`no fault has "${play.only}" in its name`);
  const random = seededRandom(play.seed, 'order');
  const planned = outcomes
    .flatMap((outcome) => {
      const rounds = play.rounds ?? (play.short ? 1 : outcome.fault.rounds);
      return Array.from({ length: rounds }, (_, round) => ({ outcome, round, place: random.below(1e9) }));
    })
    .sort((one, other) => one.place - other.place);
  const lane = async (ground: Ground, some: typeof planned) => {
    for (let next = some.shift(); next; next = some.shift()) await playRound(play, ground, next.outcome, next.round);
  };
  const together = planned.filter(({ outcome }) => !outcome.fault.alone);
  const lonely = planned.filter(({ outcome }) => outcome.fault.alone);
  await Promise.all([lane(alone, lonely), ...Array.from({ length: play.lanes }, () => lane(shared, together))]);
  return outcomes;
}

let stages = 0;

async function playRound({ seed, short }: Play, ground: Ground, outcome: Outcome, round: number): Promise<void> {
  const { fault } = outcome;
  stages += 1;
  const random = seededRandom(seed, `${fault.name} ${round}`);
  const stage = await enterStage(ground, { name: `stage_${stages}`, random, short });
  const started = performance.now();
  const problems: string[] = [];
  try {
    const seconds = await fault.play(stage);
    outcome.seconds.push(...seconds);
    for (const took of seconds.filter((each) => each > fault.withinSeconds)) problems.push(`it took ${took.toFixed(1)} s`);
  } catch (error) {
    problems.push(error instanceof Error ? error.message : String(error));
  }
  problems.push(...(await stage.settle().catch((error: unknown) => [String(error)])));
  await stage.leave();
  outcome.rounds += 1;
  outcome.problems.push(...problems);
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log([`${problems.length > 0 ? 'BROKEN' : 'held  '} ${fault.name} (${seconds} s)`, ...problems].join('\n         '));
  if (problems.length > 0) console.log((await stage.logs()).replaceAll(/^/gm, '         | ').replaceAll(/"stack":"[^"]*",?/g, ''));
}

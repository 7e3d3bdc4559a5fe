import { closeSender } from '#lib/jobs/queue';
import { deliveries } from './cast/deliver.ts';
import { kills } from './cast/kill.ts';
import { networkFaults } from './cast/network.ts';
import { postgresFaults } from './cast/postgres.ts';
import { raceFaults } from './cast/races.ts';
import { stops } from './cast/stop.ts';
import type { Fault } from './fault.ts';
import { seededRandom } from './random.ts';
import type { Outcome } from './report.ts';
import type { FaultServer } from './server.ts';
import { enterStage, prepareTemplate } from './stage.ts';

const everything: Fault[] = [...kills, ...stops, ...deliveries, ...raceFaults, ...networkFaults, ...postgresFaults];

type Play = { server: FaultServer; seed: number; rounds?: number; only: string; lanes: number };

/** Plays the rounds in a seeded order, some at a time; those that take the server down play last and alone. */
export async function playAll({ server, seed, rounds, only, lanes }: Play): Promise<Outcome[]> {
  await prepareTemplate(server);
  const outcomes = everything
    .filter(({ name }) => name.includes(only))
    .map((fault): Outcome => ({ fault, rounds: 0, seconds: [], problems: [] }));
  const random = seededRandom(seed, 'order');
  const planned = outcomes
    .flatMap((outcome) =>
      Array.from({ length: rounds ?? outcome.fault.rounds }, (_, round) => ({ outcome, round, place: random.below(1e9) })),
    )
    .sort((one, other) => one.place - other.place);
  const lane = async (some: typeof planned) => {
    for (let next = some.shift(); next; next = some.shift()) await play(server, seed, next.outcome, next.round);
  };
  const together = planned.filter(({ outcome }) => !outcome.fault.alone);
  await Promise.all(Array.from({ length: lanes }, () => lane(together)));
  await lane(planned.filter(({ outcome }) => outcome.fault.alone));
  await closeSender();
  return outcomes;
}

let stages = 0;

async function play(server: FaultServer, seed: number, outcome: Outcome, round: number): Promise<void> {
  const { fault } = outcome;
  stages += 1;
  const stage = await enterStage(server, `stage_${stages}`, seededRandom(seed, `${fault.name} ${round}`));
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
  console.log([`${problems.length > 0 ? 'BROKEN' : 'held  '} ${fault.name}`, ...problems].join('\n         '));
  if (problems.length > 0)
    console.log(
      stage
        .logs()
        .replaceAll(/^/gm, '         | ')
        .replaceAll(/"stack":"[^"]*",?/g, ''),
    );
}

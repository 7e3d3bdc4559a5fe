import type { Scenario } from './scenario.ts';

/** The results of all rounds of one scenario. */
export type Outcome = { scenario: Scenario; rounds: number; seconds: number[]; problems: string[] };

/** Prints a table of all scenarios, the recovery times after a kill, and a summary. */
export function printTable(outcomes: Outcome[], tookSeconds: number): void {
  const width = Math.max(...outcomes.map(({ scenario }) => scenario.name.length));
  console.log(`\n${'scenario'.padEnd(width)}  rounds  result  slowest recovery    limit`);
  for (const { scenario, rounds, seconds, problems } of outcomes) {
    const slowest = seconds.length > 0 ? `${Math.max(...seconds).toFixed(1)} s` : '';
    const result = problems.length > 0 ? 'FAILED' : 'passed';
    const cells = [String(rounds).padStart(6), result, slowest.padStart(16), `${scenario.withinSeconds} s`.padStart(7)];
    console.log([scenario.name.padEnd(width), ...cells].join('  '));
  }
  printKills(outcomes);
  const failed = outcomes.filter(({ problems }) => problems.length > 0).length;
  console.log(`\n${outcomes.reduce((sum, { rounds }) => sum + rounds, 0)} rounds in ${Math.round(tookSeconds)} s`);
  console.log(failed > 0 ? `${failed} of ${outcomes.length} scenarios failed` : `all ${outcomes.length} scenarios passed`);
}

function printKills(outcomes: Outcome[]): void {
  const seconds = outcomes.flatMap((outcome) => (outcome.scenario.measuresKills ? outcome.seconds : [])).sort((a, b) => a - b);
  const percentile = (part: number) => seconds[Math.min(seconds.length - 1, Math.floor(seconds.length * part))]?.toFixed(1);
  if (seconds.length > 0)
    console.log(
      `\nfrom SIGKILL to the next run: p50 ${percentile(0.5)} s (limit 15 s), p99 ${percentile(0.99)} s (limit 30 s), ${seconds.length} kills`,
    );
}

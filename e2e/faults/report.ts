import type { Fault } from './fault.ts';

/** What became of one fault over its rounds. */
export type Outcome = { fault: Fault; rounds: number; seconds: number[]; problems: string[] };

/** Prints what a person wants to know at the end. */
export function printTable(outcomes: Outcome[], tookSeconds: number): void {
  const width = Math.max(...outcomes.map(({ fault }) => fault.name.length));
  console.log(`\n${'fault'.padEnd(width)}  rounds  outcome  slowest recovery  at most`);
  for (const { fault, rounds, seconds, problems } of outcomes) {
    const slowest = seconds.length > 0 ? `${Math.max(...seconds).toFixed(1)} s` : '';
    const outcome = problems.length > 0 ? 'BROKEN' : 'held';
    const cells = [String(rounds).padStart(6), outcome.padEnd(7), slowest.padStart(16), `${fault.withinSeconds} s`.padStart(7)];
    console.log([fault.name.padEnd(width), ...cells].join('  '));
  }
  printKills(outcomes);
  const broken = outcomes.filter(({ problems }) => problems.length > 0);
  console.log(`\n${outcomes.reduce((sum, { rounds }) => sum + rounds, 0)} rounds in ${Math.round(tookSeconds)} s`);
  console.log(broken.length > 0 ? `${broken.length} of ${outcomes.length} faults broke a promise` : 'everything held');
}

function printKills(outcomes: Outcome[]): void {
  const seconds = outcomes
    .flatMap((outcome) => (outcome.fault.name.startsWith('worker') && outcome.fault.name.includes('SIGKILLed') ? outcome.seconds : []))
    .sort((a, b) => a - b);
  const percentile = (part: number) => seconds[Math.min(seconds.length - 1, Math.floor(seconds.length * part))]?.toFixed(1);
  if (seconds.length > 0)
    console.log(
      `\nfrom SIGKILL to resumed: p50 ${percentile(0.5)} s (at most 15), p99 ${percentile(0.99)} s (at most 30), ${seconds.length} kills`,
    );
}

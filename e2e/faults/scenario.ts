import type { Environment } from './environment.ts';

/** A fault and the function that causes it. */
export type Scenario = {
  name: string;
  /** The longest time a recovery may take. The scenario fails when one takes longer. */
  withinSeconds: number;
  /** Number of rounds in `npm run test:faults`. `npm test` runs one round of each scenario. */
  rounds: number;
  /** True for a scenario that stops or exhausts the whole PostgreSQL server. It runs on a server that no other scenario uses. */
  alone?: true;
  /** True when the recovery is the time from the SIGKILL of a worker to the next run; the report gives percentiles of it. */
  measuresKills?: true;
  /**
   * Causes the fault and returns the seconds that each recovery took. Throws when the product violates a requirement. The
   * harness checks the invariants afterwards.
   */
  run(environment: Environment): Promise<number[]>;
};

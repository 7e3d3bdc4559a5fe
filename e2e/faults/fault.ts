import type { Stage } from './stage.ts';

/** One thing that goes wrong, and how it is played. */
export type Fault = {
  name: string;
  /** The most seconds a recovery may take; more is a broken promise. */
  withinSeconds: number;
  /** How many rounds `npm run test:faults` plays; `npm test` plays one of each. */
  rounds: number;
  /** Plays when nothing else does, because it takes the whole server down. */
  alone?: true;
  /** Makes it go wrong and returns the seconds each recovery took. Throws when something is not as promised; the rules are checked afterwards. */
  play(stage: Stage): Promise<number[]>;
};

/** Throws what is not as promised. */
export function promise(kept: boolean, what: string): asserts kept {
  if (!kept) throw new Error(what);
}

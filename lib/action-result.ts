import type { Problem } from '#lib/errors';

/** `refused`: nothing was changed. `unknown`: the server, or the way to it, failed at a moment when it may have been done. */
export type Outcome = 'refused' | 'unknown';

/** What an action answers: Next hides the message of whatever is thrown, so a refusal is a value. */
export type ActionResult<T> = { ok: true; data: T } | { ok: false; outcome: Outcome; problems: readonly Problem[] };

/**
 * What a submission answers: all that it created, or, when the same submission came before, what is kept of it (`K`).
 * A secret is not kept.
 */
export type Created<T, K = T> = ({ repeated: false } & T) | ({ repeated: true } & K);

/** A failed action, thrown in the browser so that react-query sees an error. */
export class ActionError extends Error {
  readonly outcome: Outcome;
  readonly problems: readonly Problem[];

  constructor(outcome: Outcome, problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map(({ detail }) => detail).join(' '), options);
    this.name = 'ActionError';
    this.outcome = outcome;
    this.problems = problems;
  }
}

/** The data of an answer. Throws {@link ActionError} when it is a failure, and when no answer comes. */
export async function unwrap<T>(result: Promise<ActionResult<T>>): Promise<T> {
  const answer = await result.catch((cause: unknown) => {
    throw new ActionError('unknown', [{ detail: 'The server did not answer.' }], { cause });
  });
  if (answer.ok) return answer.data;
  throw new ActionError(answer.outcome, answer.problems);
}

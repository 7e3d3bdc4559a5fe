import type { Problem } from '#lib/errors';

/** `refused`: nothing was changed. `unknown`: the server or the connection failed, and the change may have been made. */
export type Outcome = 'refused' | 'unknown';

/** The result of an action. A refusal is a value, because Next hides the messages of errors. */
export type ActionResult<T> = { ok: true; data: T } | { ok: false; outcome: Outcome; problems: readonly Problem[] };

/**
 * The answer of a submission: the created data or, for a repeated submission, the stored part of it (`K`). Secrets are not
 * stored.
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

/** Returns the data of a result. Throws {@link ActionError} for a failure, and when the server does not answer. */
export async function unwrap<T>(result: Promise<ActionResult<T>>): Promise<T> {
  const answer = await result.catch((cause: unknown) => {
    throw new ActionError('unknown', [{ detail: 'The server did not answer.' }], { cause });
  });
  if (answer.ok) return answer.data;
  throw new ActionError(answer.outcome, answer.problems);
}

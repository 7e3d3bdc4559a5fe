import type { Problem } from '#lib/errors';

/** What an action answers: Next hides the message of whatever is thrown, so a refusal is a value. */
export type ActionResult<T> = { ok: true; data: T } | { ok: false; title: string; problems: readonly Problem[] };

/** A refusal, thrown in the browser so that react-query sees an error. */
export class ActionError extends Error {
  readonly problems: readonly Problem[];

  constructor(title: string, problems: readonly Problem[]) {
    super(problems.map(({ detail }) => detail).join(' ') || title);
    this.problems = problems;
  }
}

/** The data of an answer; throws {@link ActionError} when it is a refusal. */
export async function unwrap<T>(result: Promise<ActionResult<T>>): Promise<T> {
  const answer = await result;
  if (answer.ok) return answer.data;
  throw new ActionError(answer.title, answer.problems);
}

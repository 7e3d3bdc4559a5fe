import { unstable_isUnrecognizedActionError as isUnrecognizedActionError } from 'next/navigation';
import { ActionError, type ActionResult, unwrap } from '#lib/action-result';

/**
 * Calls a server action and returns its data. Throws an {@link ActionError} whose outcome is `unknown` when the response was lost, because
 * the change may have been saved.
 */
export async function callAction<Given extends unknown[], T>(
  action: (...given: Given) => Promise<ActionResult<T>>,
  ...given: Given
): Promise<T> {
  const online = navigator.onLine;
  try {
    return await unwrap(action(...given));
  } catch (error) {
    if (!(error instanceof ActionError) || error.outcome === 'refused') throw error;
    const { cause } = error;
    if (isUnrecognizedActionError(cause)) throw refused('This page is from an older version of Promint. Reload it and try again.', cause);
    if (cause && !online) throw refused("You're offline, so nothing was sent. Try again when you're back online.", cause);
    const [first, ...more] = error.problems;
    const detail = `${first?.detail ?? ''} We couldn't confirm whether this was saved. Check before you try again.`.trim();
    throw new ActionError('unknown', [{ ...first, detail }, ...more], { cause: error });
  }
}

function refused(detail: string, cause: unknown): ActionError {
  return new ActionError('refused', [{ detail }], { cause });
}

import { unstable_isUnrecognizedActionError as isUnrecognizedActionError } from 'next/navigation';
import { ActionError, type ActionResult, unwrap } from '#lib/action-result';

/**
 * Sends a change to the server and returns its data. The {@link ActionError} it throws claims no more than is known:
 * a change that got no clear answer may have been made.
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
    if (cause && !online) throw refused('You are offline, so nothing was sent. Try again when you are back online.', cause);
    const [first, ...more] = error.problems;
    const detail = `${first?.detail ?? ''} We could not confirm whether this was done: look before you try again.`.trim();
    throw new ActionError('unknown', [{ ...first, detail }, ...more], { cause: error });
  }
}

function refused(detail: string, cause: unknown): ActionError {
  return new ActionError('refused', [{ detail }], { cause });
}

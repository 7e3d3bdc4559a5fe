import { notifications } from '@mantine/notifications';
import type { FieldPath, FieldValues, UseFormSetError } from 'react-hook-form';
import { ActionError } from '#lib/action-result';

/** Tells in a notice why a change failed, under a title that claims no more than is known of it. */
export function notifyFailure(error: Error): void {
  const refused = error instanceof ActionError && error.outcome === 'refused';
  const title = refused ? 'Nothing was changed' : 'Not confirmed';
  notifications.show({ color: 'red', title, message: error.message, autoClose: refused ? undefined : false });
}

/**
 * Puts what the server refused at the fields it names, and the focus on the first; `fallback` is the field for
 * what names none. Without a fallback, and for what is not known to be refused, that is told in a notice.
 */
export function showProblems<T extends FieldValues>(error: unknown, setError: UseFormSetError<T>, fallback?: FieldPath<T>): void {
  if (!(error instanceof ActionError) || error.outcome === 'unknown') {
    notifyFailure(error instanceof Error ? error : new Error(String(error)));
    return;
  }
  error.problems.forEach(({ detail, source }, index) => {
    const field = (source ?? fallback) as FieldPath<T> | undefined;
    if (field) setError(field, { type: 'server', message: detail }, { shouldFocus: index === 0 });
    else notifyFailure(new ActionError('refused', [{ detail }]));
  });
}

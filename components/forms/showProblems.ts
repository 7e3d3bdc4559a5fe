import { notifications } from '@mantine/notifications';
import type { FieldPath, FieldValues, UseFormSetError } from 'react-hook-form';
import { ActionError } from '#lib/action-result';

/** Shows a notification with the reason for a failed change. Its title says whether the change was refused or its outcome is unknown. */
export function notifyFailure(error: Error): void {
  const refused = error instanceof ActionError && error.outcome === 'refused';
  const title = refused ? 'Nothing was changed' : 'Not confirmed';
  notifications.show({ color: 'red', title, message: error.message, autoClose: refused ? undefined : false });
}

/**
 * Shows each problem of a refused change at its field and focuses the first one; `fallback` is the field for problems without one. All
 * other errors are shown in a notification.
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

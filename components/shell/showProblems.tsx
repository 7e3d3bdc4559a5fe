import { notifications } from '@mantine/notifications';
import type { FieldPath, FieldValues, UseFormSetError } from 'react-hook-form';
import { ActionError } from '#lib/action-result';

/**
 * Puts what the server refused at the fields it names, and the focus on the first; `fallback` is the field for
 * what names none. Without a fallback, that is told in a notice.
 */
export function showProblems<T extends FieldValues>(error: unknown, setError: UseFormSetError<T>, fallback?: FieldPath<T>): void {
  if (!(error instanceof ActionError)) {
    notifications.show({ color: 'red', title: 'Nothing was changed', message: 'The server does not answer. Try again in a moment.' });
    return;
  }
  error.problems.forEach(({ detail, source }, index) => {
    const field = (source ?? fallback) as FieldPath<T> | undefined;
    if (field) setError(field, { type: 'server', message: detail }, { shouldFocus: index === 0 });
    else notifications.show({ color: 'red', title: 'Nothing was changed', message: detail });
  });
}

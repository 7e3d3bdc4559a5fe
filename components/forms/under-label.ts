import type { InputWrapperProps } from '@mantine/core';
import type { ReactNode } from 'react';

/**
 * The place between a field's label and the field: its limit, or what is wrong in the same place, so that nothing
 * moves under the pointer. An error is announced when it appears, wherever the focus is.
 */
export function underLabel(description: ReactNode, error: ReactNode) {
  return {
    description: error ? undefined : description,
    error,
    errorProps: { role: 'alert' },
    inputWrapperOrder: ['label', 'description', 'error', 'input'],
  } satisfies InputWrapperProps;
}

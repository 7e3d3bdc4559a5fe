import type { InputWrapperProps } from '@mantine/core';
import type { ReactNode } from 'react';

/**
 * Shows a field's description between its label and its input, and an error in the same place, so that the layout does not jump. Screen
 * readers announce an error when it appears, wherever the focus is.
 */
export function underLabel(description: ReactNode, error: ReactNode) {
  return {
    description: error ? undefined : description,
    error,
    errorProps: { role: 'alert' },
    inputWrapperOrder: ['label', 'description', 'error', 'input'],
  } satisfies InputWrapperProps;
}

import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

/** A read-only text to copy, such as a secret that is shown once. Focus selects it. */
export function TextToCopy({ label, value, rightSection }: { label: string; value: string; rightSection?: ReactNode }) {
  return (
    <TextInput
      label={label}
      value={value}
      readOnly
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onFocus={({ currentTarget }) => currentTarget.select()}
      rightSection={rightSection}
    />
  );
}

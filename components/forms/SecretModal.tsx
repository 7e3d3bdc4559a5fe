'use client';

import { type MantineSize, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';

/** Runs `work` and shows the secret that it creates. When `work` returns nothing, the steps close the dialog themselves. Rejects as `work` does. */
export type CreateSecret<T> = (work: () => Promise<T | undefined>) => Promise<void>;

type Props<T> = {
  opened: boolean;
  onClose: () => void;
  title: string;
  size?: MantineSize;
  /** The content before the secret is created. */
  steps: (create: CreateSecret<T>) => ReactNode;
  /** The content that shows the secret, with a button that calls `onDone`. */
  secret: (created: T, onDone: () => void) => ReactNode;
};

/**
 * A dialog that creates a secret and shows it once. While the secret is being created or shown, only the button below the secret closes
 * the dialog: Escape and clicks outside are ignored, and there is no close button.
 */
export function SecretModal<T>({ opened, onClose, title, size, steps, secret }: Props<T>) {
  const [created, setCreated] = useState<T>();
  const [creating, setCreating] = useState(false);
  const locked = creating || created !== undefined;
  const create: CreateSecret<T> = async (work) => {
    setCreating(true);
    try {
      setCreated(await work());
    } finally {
      setCreating(false);
    }
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={size}
      closeOnClickOutside={false}
      closeOnEscape={!locked}
      withCloseButton={!locked}
      onExitTransitionEnd={() => setCreated(undefined)}
    >
      {created === undefined ? steps(create) : secret(created, onClose)}
    </Modal>
  );
}

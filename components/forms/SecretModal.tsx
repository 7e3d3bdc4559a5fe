'use client';

import { type MantineSize, Modal } from '@mantine/core';
import { type ReactNode, useState } from 'react';

/** Creates a secret and shows it; without a result the steps close the dialog themselves. Rejects as `work` does. */
export type CreateSecret<T> = (work: () => Promise<T | undefined>) => Promise<void>;

type Props<T> = {
  opened: boolean;
  onClose: () => void;
  title: string;
  size?: MantineSize;
  /** What is asked before there is a secret. */
  steps: (create: CreateSecret<T>) => ReactNode;
  /** The secret, with a button that calls `onDone`. */
  secret: (made: T, onDone: () => void) => ReactNode;
};

/**
 * A dialog that ends by showing a secret once. While the secret is on its way or shown, neither Escape nor a click elsewhere
 * closes the dialog, and there is no cross: only the button under the secret does.
 */
export function SecretModal<T>({ opened, onClose, title, size, steps, secret }: Props<T>) {
  const [made, setMade] = useState<T>();
  const [creating, setCreating] = useState(false);
  const locked = creating || made !== undefined;
  const create: CreateSecret<T> = async (work) => {
    setCreating(true);
    try {
      setMade(await work());
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
      onExitTransitionEnd={() => setMade(undefined)}
    >
      {made === undefined ? steps(create) : secret(made, onClose)}
    </Modal>
  );
}

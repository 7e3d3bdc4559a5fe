import { Alert, Button, Group } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';

type Props = {
  /** Who changed the field, where that is known. */
  by?: string;
  /** What the field holds now. */
  now: ReactNode;
  onTheirs: () => void;
  onMine: () => void;
};

/** Stands at a field that somebody else has changed while it was edited here: both values stay until one is chosen. */
export function ConflictNote({ by = 'Somebody else', now, onTheirs, onMine }: Props) {
  return (
    <Alert color="orange" variant="light" icon={<IconUsers aria-hidden />} role="alert" style={{ overflowWrap: 'anywhere' }}>
      {by} changed this to {now} while you were editing.
      <Group gap="xs" mt="xs">
        <Button size="xs" variant="default" onClick={onTheirs}>
          Use theirs
        </Button>
        <Button size="xs" variant="default" onClick={onMine}>
          Keep mine
        </Button>
      </Group>
    </Alert>
  );
}

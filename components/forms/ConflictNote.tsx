import { Alert, Button, Group } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import type { ReactNode } from 'react';

type Props = {
  /** The user who changed the field, if known. */
  by?: string;
  /** The stored value of the field. */
  now: ReactNode;
  onTheirs: () => void;
  onMine: () => void;
};

/** Shown at a field that another user changed during an edit. Both values are kept until the user chooses one. */
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

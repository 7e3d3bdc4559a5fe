import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';

/** Shown after a repeated submission when the first one has created the secret. Promint does not store secrets, so the user needs another one. */
export function SecretUnavailable({ onDone }: { onDone: () => void }) {
  return (
    <Stack>
      <Alert color="orange" variant="light" icon={<IconEyeOff />} title="The secret was already created" role="alert">
        The response with the secret was lost, and Promint can't show it again. In the client's menu, remove the unused secret or add
        another one.
      </Alert>
      <Group justify="flex-end">
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}

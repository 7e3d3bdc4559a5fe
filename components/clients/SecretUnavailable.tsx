import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';

/** A repeated submission found that the first one had created the secret. Promint keeps no secret, so the way out is another one. */
export function SecretUnavailable({ onDone }: { onDone: () => void }) {
  return (
    <Stack>
      <Alert color="orange" variant="light" icon={<IconEyeOff />} title="The secret was already created" role="alert">
        The answer that held it was lost, and Promint does not keep it. In the menu of the client, remove the secret that nobody has, or add
        another one.
      </Alert>
      <Group justify="flex-end">
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}

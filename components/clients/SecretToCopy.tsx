'use client';

import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import type { Credentials } from '#components/clients/actions.ts';
import { CopyText } from '#components/ui/CopyText.tsx';
import { TextToCopy } from '#components/ui/TextToCopy.tsx';

/** Shows a new secret, to be copied before the dialog closes. */
export function SecretToCopy({ credentials, onDone }: { credentials: Credentials; onDone: () => void }) {
  return (
    <Stack>
      <Alert color="orange" variant="light" icon={<IconEyeOff />} title="This secret is shown only once">
        Copy it now and keep it where only your program can read it. Promint does not store it and cannot show it again.
      </Alert>
      <TextToCopy
        label="Client ID"
        value={credentials.client_id}
        rightSection={<CopyText text={credentials.client_id} name="the client ID" />}
      />
      <TextToCopy
        label="Client secret"
        value={credentials.client_secret}
        rightSection={<CopyText text={credentials.client_secret} name="the client secret" />}
      />
      <Group justify="flex-end">
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}

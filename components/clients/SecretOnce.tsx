'use client';

import { Alert, Button, Group, Stack, TextInput } from '@mantine/core';
import { IconEyeOff } from '@tabler/icons-react';
import type { Credentials } from '#components/clients/actions';
import { CopyText } from '#components/shell/CopyText';

/** A secret that was made just now, to be copied before the dialog closes. */
export function SecretOnce({ credentials, onDone }: { credentials: Credentials; onDone: () => void }) {
  return (
    <Stack>
      <Alert color="orange" variant="light" icon={<IconEyeOff />} title="This secret is shown only once">
        Copy it now and keep it where only your program can read it. Promint does not store it and cannot show it again.
      </Alert>
      <ToCopy label="Client ID" what="the client ID" value={credentials.client_id} />
      <ToCopy label="Client secret" what="the client secret" value={credentials.client_secret} />
      <Group justify="flex-end">
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}

function ToCopy({ label, what, value }: { label: string; what: string; value: string }) {
  return (
    <TextInput
      label={label}
      value={value}
      readOnly
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
      onFocus={({ currentTarget }) => currentTarget.select()}
      rightSection={<CopyText text={value} what={what} />}
    />
  );
}

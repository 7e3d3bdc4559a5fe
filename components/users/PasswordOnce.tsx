'use client';

import { Alert, Button, CopyButton, Group, Input, Stack, Text, TextInput } from '@mantine/core';
import { IconCheck, IconCopy, IconEyeOff } from '@tabler/icons-react';

/** A password that was made just now, to be copied before the dialog closes. */
export function PasswordOnce({ email, password, onDone }: { email: string; password: string; onDone: () => void }) {
  return (
    <Stack>
      <Alert color="orange" variant="light" icon={<IconEyeOff />} title="This password is shown this once">
        Copy it now and send it on a safe way. It can be changed after signing in.
      </Alert>
      <div>
        <Input.Label labelElement="div">E-mail</Input.Label>
        <Text>{email}</Text>
      </div>
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput
          label="Password"
          value={password}
          readOnly
          flex={1}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)' } }}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <CopyButton value={password} timeout={3000}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              onClick={copy}
              leftSection={copied ? <IconCheck size={17} aria-hidden="true" /> : <IconCopy size={17} aria-hidden="true" />}
              aria-live="polite"
            >
              {copied ? 'Copied' : 'Copy'}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Group justify="flex-end">
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}

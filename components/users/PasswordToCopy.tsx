'use client';

import { Alert, Button, Group, Stack } from '@mantine/core';
import { IconCheck, IconCopy, IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import { writeToClipboard } from '#components/ui/clipboard.ts';
import { TextToCopy } from '#components/ui/TextToCopy.tsx';

/** A generated password and the email address of its user. */
export type GeneratedPassword = { email: string; password: string };

type CopyState = 'not copied' | 'copied' | 'refused';

/** Shows a generated password once, with a button that copies all sign-in details. */
export function PasswordToCopy({ email, password, onDone }: GeneratedPassword & { onDone: () => void }) {
  const [state, setState] = useState<CopyState>('not copied');
  const copy = async () => {
    const text = `Address: ${window.location.origin}\nEmail: ${email}\nPassword: ${password}\n`;
    setState((await writeToClipboard(text)) ? 'copied' : 'refused');
  };
  return (
    <Stack>
      <Alert color="orange" variant="light" icon={<IconEyeOff />} title="This password is shown only once">
        Copy it now and share it securely. It must be changed at the first sign-in.
      </Alert>
      <TextToCopy label="Email" value={email} />
      <TextToCopy label="Password" value={password} />
      <Group justify="flex-end" gap="xs">
        <Button
          variant="default"
          onClick={copy}
          leftSection={state === 'copied' ? <IconCheck size={17} aria-hidden="true" /> : <IconCopy size={17} aria-hidden="true" />}
        >
          <span aria-live="polite">{copyLabels[state]}</span>
        </Button>
        <Button onClick={onDone}>Done</Button>
      </Group>
    </Stack>
  );
}

const copyLabels = {
  'not copied': 'Copy sign-in details',
  copied: 'Copied',
  refused: 'Not copied: select it',
} as const satisfies Record<CopyState, string>;

'use client';

import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { ClientActions, Credentials } from '#components/clients/actions.ts';
import { SecretToCopy } from '#components/clients/SecretToCopy.tsx';
import { SecretUnavailable } from '#components/clients/SecretUnavailable.tsx';
import { callAction } from '#components/forms/callAction.ts';
import { type CreateSecret, SecretModal } from '#components/forms/SecretModal.tsx';
import { useSubmission } from '#components/forms/submission.ts';
import type { Created } from '#lib/action-result';
import type { ClientView } from '#lib/clients/query';
import type { ClientReference } from '#lib/clients/schema';

type NewSecret = Created<Credentials, ClientReference>;

type Props = { opened: boolean; onClose: () => void; client: ClientView; addSecret: ClientActions['addSecret'] };

/** The name under which the addition of a second secret is submitted. */
export const submissionName = ({ id }: ClientView) => `second secret of ${id}`;

/** Adds a second secret to a client, so that the first can be replaced without downtime. */
export function AddSecret({ opened, onClose, client, addSecret }: Props) {
  return (
    <SecretModal<NewSecret>
      opened={opened}
      onClose={onClose}
      title={`Second secret for ${client.name}`}
      size="lg"
      steps={(createSecret) => <AddSecretSteps client={client} addSecret={addSecret} createSecret={createSecret} onCancel={onClose} />}
      secret={(created, onDone) =>
        created.repeated ? <SecretUnavailable onDone={onDone} /> : <SecretToCopy credentials={created} onDone={onDone} />
      }
    />
  );
}

type StepsProps = Pick<Props, 'client' | 'addSecret'> & { createSecret: CreateSecret<NewSecret>; onCancel: () => void };

function AddSecretSteps({ client, addSecret, createSecret, onCancel }: StepsProps) {
  const router = useRouter();
  const submit = useSubmission(submissionName(client), (input: ClientReference, key) => callAction(addSecret, input, key));
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => createSecret(() => submit({ client_id: client.id })),
    onSuccess: () => router.refresh(),
  });
  return (
    <Stack>
      <Text size="sm">
        Both secrets work until you remove one. Create the second, give it to the program, and remove the first once it is no longer used.
      </Text>
      {error && (
        <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert">
          {error.message}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" disabled={isPending} onClick={onCancel}>
          Cancel
        </Button>
        <Button loading={isPending} onClick={() => mutate()}>
          Create the second secret
        </Button>
      </Group>
    </Stack>
  );
}

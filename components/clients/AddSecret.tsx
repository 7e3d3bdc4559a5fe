'use client';

import { Alert, Button, Group, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { ClientActions, Credentials } from '#components/clients/actions';
import { SecretOnce } from '#components/clients/SecretOnce';
import { type CreateSecret, SecretModal } from '#components/shell/SecretModal';
import { unwrap } from '#lib/action-result';
import type { ClientView } from '#lib/clients/query';

type Props = { opened: boolean; onClose: () => void; client: ClientView; addSecret: ClientActions['addSecret'] };

/** Gives a client the secret that follows the one it has. */
export function AddSecret({ opened, onClose, client, addSecret }: Props) {
  return (
    <SecretModal<Credentials>
      opened={opened}
      onClose={onClose}
      title={`Second secret for ${client.name}`}
      size="lg"
      steps={(createSecret) => <AddSecretSteps client={client} addSecret={addSecret} createSecret={createSecret} onCancel={onClose} />}
      secret={(made, onDone) => <SecretOnce credentials={made} onDone={onDone} />}
    />
  );
}

type StepsProps = Pick<Props, 'client' | 'addSecret'> & { createSecret: CreateSecret<Credentials>; onCancel: () => void };

function AddSecretSteps({ client, addSecret, createSecret, onCancel }: StepsProps) {
  const router = useRouter();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => createSecret(() => unwrap(addSecret({ client_id: client.id }))),
    onSuccess: () => router.refresh(),
  });
  return (
    <Stack>
      <Text size="sm">
        Both secrets work until you remove one: make the second, give it to the program, and remove the first once it is no longer used.
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
          Make the second secret
        </Button>
      </Group>
    </Stack>
  );
}

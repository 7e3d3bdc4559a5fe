'use client';

import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import type { ClientActions } from '#components/clients/actions';
import { SecretOnce } from '#components/clients/SecretOnce';
import { unwrap } from '#lib/action-result';
import type { ClientView } from '#lib/clients/query';

type Props = { opened: boolean; onClose: () => void; client: ClientView; addSecret: ClientActions['addSecret'] };

/** Gives a client the secret that follows the one it has. */
export function AddSecret({ opened, onClose, client, addSecret }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Second secret for ${client.name}`} size="lg" closeOnClickOutside={false}>
      <AddSecretSteps client={client} addSecret={addSecret} onDone={onClose} />
    </Modal>
  );
}

function AddSecretSteps({ client, addSecret, onDone }: Pick<Props, 'client' | 'addSecret'> & { onDone: () => void }) {
  const router = useRouter();
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: () => unwrap(addSecret({ client_id: client.id })),
    onSuccess: () => router.refresh(),
  });
  if (data) return <SecretOnce credentials={data} onDone={onDone} />;
  return (
    <Stack>
      <Text size="sm">
        Both secrets work until you remove one: make the second, give it to the program, and remove the first when its last use is long ago
        enough.
      </Text>
      {error && (
        <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert">
          {error.message}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onDone}>
          Leave it
        </Button>
        <Button loading={isPending} onClick={() => mutate()}>
          Make the second secret
        </Button>
      </Group>
    </Stack>
  );
}

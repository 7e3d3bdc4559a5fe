'use client';

import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import type { PeopleActions } from '#components/users/actions';
import { RoleChoice } from '#components/users/RoleChoice';
import { unwrap } from '#lib/action-result';
import { roleNames } from '#lib/users/permissions';
import type { UserView } from '#lib/users/query';

type Props = { opened: boolean; onClose: () => void; person: UserView; changeRole: PeopleActions['changeRole'] };

/** Gives somebody another role; it counts from their next click. */
export function ChangeRole({ opened, onClose, person, changeRole }: Props) {
  const router = useRouter();
  const [role, setRole] = useState(person.role);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => unwrap(changeRole({ userId: person.id, role })),
    onSuccess: ({ name }) => {
      router.refresh();
      notifications.show({ message: `${name} is now ${role === 'administrator' ? 'an' : 'a'} ${roleNames[role].toLowerCase()}.` });
      onClose();
    },
  });
  const close = () => {
    reset();
    setRole(person.role);
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={`Role of ${person.name}`} size="lg">
      <Stack>
        <RoleChoice value={role} onChange={setRole} />
        {error && (
          <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert">
            {error.message}
          </Alert>
        )}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button loading={isPending} disabled={role === person.role} onClick={() => mutate()}>
            Save
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

'use client';

import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ConflictNote } from '#components/forms/ConflictNote.tsx';
import { callAction } from '#components/forms/callAction.ts';
import type { PeopleActions } from '#components/users/actions.ts';
import { RoleChoice } from '#components/users/RoleChoice.tsx';
import { roleNames } from '#lib/users/permissions';
import type { UserView } from '#lib/users/query';
import type { Role } from '#prisma/enums';

type Props = { opened: boolean; onClose: () => void; person: UserView; changeRole: PeopleActions['changeRole'] };

/** Gives somebody another role; it counts from their next click. */
export function ChangeRole({ opened, onClose, person, changeRole }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Role of ${person.name}`} size="lg">
      <ChangeRoleForm person={person} changeRole={changeRole} onDone={onClose} />
    </Modal>
  );
}

function ChangeRoleForm({ person, changeRole, onDone }: Pick<Props, 'person' | 'changeRole'> & { onDone: () => void }) {
  const router = useRouter();
  const [role, setRole] = useState(person.role);
  const [read, setRead] = useState(person.role);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => callAction(changeRole, { userId: person.id, role, read: { role: read } }),
    onSettled: () => router.refresh(),
    onSuccess: ({ name }) => {
      notifications.show({ message: `${name} is now ${role === 'administrator' ? 'an' : 'a'} ${roleNames[role].toLowerCase()}.` });
      onDone();
    },
  });
  const settle = (chosen: Role) => {
    reset();
    setRole(chosen);
    setRead(person.role);
  };
  return (
    <Stack>
      <RoleChoice value={role} onChange={setRole} />
      {person.role !== read && role !== person.role && (
        <ConflictNote now={roleNames[person.role]} onTheirs={() => settle(person.role)} onMine={() => settle(role)} />
      )}
      {error && (
        <Alert color="red" variant="light" icon={<IconAlertCircle />} role="alert">
          {error.message}
        </Alert>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onDone}>
          Cancel
        </Button>
        <Button loading={isPending} disabled={role === person.role} onClick={() => mutate()}>
          Save
        </Button>
      </Group>
    </Stack>
  );
}

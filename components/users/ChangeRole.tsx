'use client';

import { Alert, Button, Group, Modal, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconAlertCircle } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ConflictNote } from '#components/forms/ConflictNote.tsx';
import { callAction } from '#components/forms/callAction.ts';
import type { UserActions } from '#components/users/actions.ts';
import { RoleField } from '#components/users/RoleField.tsx';
import { roleNames } from '#lib/users/permissions';
import type { UserView } from '#lib/users/query';
import type { Role } from '#prisma/enums';

type Props = { opened: boolean; onClose: () => void; user: UserView; changeRole: UserActions['changeRole'] };

/** Changes the role of a user. The new role applies from their next request. */
export function ChangeRole({ opened, onClose, user, changeRole }: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={`Role of ${user.name}`} size="lg">
      <ChangeRoleForm user={user} changeRole={changeRole} onDone={onClose} />
    </Modal>
  );
}

function ChangeRoleForm({ user, changeRole, onDone }: Pick<Props, 'user' | 'changeRole'> & { onDone: () => void }) {
  const router = useRouter();
  const [role, setRole] = useState(user.role);
  const [read, setRead] = useState(user.role);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () => callAction(changeRole, { userId: user.id, role, read: { role: read } }),
    onSettled: () => router.refresh(),
    onSuccess: ({ name }) => {
      notifications.show({ message: `${name} is now ${role === 'administrator' ? 'an' : 'a'} ${roleNames[role].toLowerCase()}.` });
      onDone();
    },
  });
  const settle = (chosen: Role) => {
    reset();
    setRole(chosen);
    setRead(user.role);
  };
  return (
    <Stack>
      <RoleField value={role} onChange={setRole} />
      {user.role !== read && role !== user.role && (
        <ConflictNote now={roleNames[user.role]} onTheirs={() => settle(user.role)} onMine={() => settle(role)} />
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
        <Button loading={isPending} disabled={role === user.role} onClick={() => mutate()}>
          Save
        </Button>
      </Group>
    </Stack>
  );
}

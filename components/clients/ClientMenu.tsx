'use client';

import { ActionIcon, Menu } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { notifications } from '@mantine/notifications';
import { IconDots, IconKey, IconKeyOff, IconPlugConnectedX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { AddSecret, submissionName } from '#components/clients/AddSecret.tsx';
import type { ClientActions } from '#components/clients/actions.ts';
import { confirmRemoveSecret, confirmRevoke } from '#components/clients/confirm-dialogs.tsx';
import { callAction } from '#components/forms/callAction.ts';
import { notifyFailure } from '#components/forms/showProblems.ts';
import { startSubmission } from '#components/forms/submission.ts';
import type { ClientView } from '#lib/clients/query';
import { clientLimits } from '#lib/clients/schema';

type Props = { client: ClientView; now: string; actions: Omit<ClientActions, 'create'> };

/** The actions of an administrator on a client that is not revoked. */
export function ClientMenu({ client, now, actions }: Props) {
  const router = useRouter();
  const trigger = useRef<HTMLButtonElement>(null);
  const [adding, add] = useDisclosure(false, { onOpen: () => startSubmission(submissionName(client)) });
  const { mutate, isPending } = useMutation({
    mutationFn: ({ run }: { run: () => Promise<void>; message: string }) => run(),
    onSuccess: (_, { message }) => {
      router.refresh();
      notifications.show({ message });
    },
    onError: notifyFailure,
  });
  const { id: client_id, name, state, secrets } = client;
  const [older, newer] = secrets;
  const removable =
    older && newer
      ? ([
          { which: 'older', secret: older },
          { which: 'newer', secret: newer },
        ] as const)
      : [];
  const revoke = () => mutate({ run: () => callAction(actions.revoke, { client_id }), message: `${name} is revoked.` });
  const remove = (secret_id: string) => () =>
    mutate({ run: () => callAction(actions.removeSecret, { client_id, secret_id }), message: `A secret of ${name} is removed.` });
  /** A closing dialog returns the focus to the element that had it, and by then the menu item no longer exists. */
  const fromMenu = (open: () => void) => () => {
    trigger.current?.focus();
    open();
  };
  return (
    <>
      <Menu position="bottom-end" width={250}>
        <Menu.Target>
          <ActionIcon ref={trigger} variant="subtle" color="gray" size={36} loading={isPending} aria-label={`Change ${name}`}>
            <IconDots size={20} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {state === 'active' && secrets.length < clientLimits.secrets && (
            <Menu.Item leftSection={<IconKey size={17} aria-hidden="true" />} onClick={fromMenu(add.open)}>
              Add a second secret
            </Menu.Item>
          )}
          {removable.map(({ which, secret }) => (
            <Menu.Item
              key={secret.id}
              leftSection={<IconKeyOff size={17} aria-hidden="true" />}
              onClick={fromMenu(() => confirmRemoveSecret({ client, secret, which, now, onConfirm: remove(secret.id) }))}
            >
              Remove the {which} secret
            </Menu.Item>
          ))}
          {(state === 'active' || removable.length > 0) && <Menu.Divider />}
          <Menu.Item
            color="red"
            leftSection={<IconPlugConnectedX size={17} aria-hidden="true" />}
            onClick={fromMenu(() => confirmRevoke({ client, onConfirm: revoke }))}
          >
            Revoke
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <AddSecret opened={adding} onClose={add.close} client={client} addSecret={actions.addSecret} />
    </>
  );
}

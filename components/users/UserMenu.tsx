'use client';

import { ActionIcon, Menu, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { modals } from '@mantine/modals';
import { notifications } from '@mantine/notifications';
import { IconDots, IconDownload, IconDownloadOff, IconKey, IconPower, IconUserCog } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useRef } from 'react';
import { callAction } from '#components/forms/callAction.ts';
import { notifyFailure } from '#components/forms/showProblems.ts';
import type { UserActions } from '#components/users/actions.ts';
import { ChangeRole } from '#components/users/ChangeRole.tsx';
import { ResetPassword } from '#components/users/ResetPassword.tsx';
import type { UserView } from '#lib/users/query';

type Props = { user: UserView; actions: Omit<UserActions, 'create'> };

/** The actions of an administrator on another user. */
export function UserMenu({ user, actions }: Props) {
  const router = useRouter();
  const trigger = useRef<HTMLButtonElement>(null);
  const [changingRole, role] = useDisclosure();
  const [settingPassword, password] = useDisclosure();
  const on = user.disabledAt === null;
  const { mutate, isPending } = useMutation({
    mutationFn: ({ run }: { run: () => Promise<{ name: string }>; message: string }) => run(),
    onSuccess: (_, { message }) => {
      router.refresh();
      notifications.show({ message });
    },
    onError: notifyFailure,
  });
  const { name, canDownloadExports } = user;
  const toggleEnabled = () =>
    mutate({
      run: () => callAction(actions.setEnabled, { userId: user.id, on: !on }),
      message: on ? `${name} is signed out and can't sign in.` : `${name} can sign in again.`,
    });
  const toggleExportDownloads = () =>
    mutate({
      run: () => callAction(actions.setExportDownloads, { userId: user.id, allowed: !canDownloadExports }),
      message: canDownloadExports ? `${name} can no longer download exports.` : `${name} can download exports.`,
    });
  /** A closing dialog returns the focus to the element that had it, and by then the menu item no longer exists. */
  const fromMenu = (open: () => void) => () => {
    trigger.current?.focus();
    open();
  };
  const confirmSwitchOff = () =>
    modals.openConfirmModal({
      title: `Switch ${user.name} off?`,
      children: (
        <Text size="sm">
          They are signed out immediately and can't sign in. Their download links stop working. What they created stays, and you can switch
          them on again.
        </Text>
      ),
      labels: { confirm: 'Switch off', cancel: 'Cancel' },
      confirmProps: { color: 'red' },
      onConfirm: toggleEnabled,
    });
  return (
    <>
      <Menu position="bottom-end" width={270}>
        <Menu.Target>
          <ActionIcon ref={trigger} variant="subtle" color="gray" size={36} loading={isPending} aria-label={`Change ${user.name}`}>
            <IconDots size={20} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconUserCog size={17} aria-hidden="true" />} onClick={fromMenu(role.open)}>
            Change role
          </Menu.Item>
          <Menu.Item leftSection={<IconKey size={17} aria-hidden="true" />} onClick={fromMenu(password.open)}>
            New password
          </Menu.Item>
          <Menu.Item
            leftSection={
              canDownloadExports ? <IconDownloadOff size={17} aria-hidden="true" /> : <IconDownload size={17} aria-hidden="true" />
            }
            onClick={toggleExportDownloads}
          >
            {canDownloadExports ? 'Turn off export downloads' : 'Turn on export downloads'}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color={on ? 'red' : undefined}
            leftSection={<IconPower size={17} aria-hidden="true" />}
            onClick={on ? fromMenu(confirmSwitchOff) : toggleEnabled}
          >
            {on ? 'Switch off' : 'Switch on'}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ChangeRole opened={changingRole} onClose={role.close} user={user} changeRole={actions.changeRole} />
      <ResetPassword opened={settingPassword} onClose={password.close} user={user} resetPassword={actions.resetPassword} />
    </>
  );
}

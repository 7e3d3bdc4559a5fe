'use client';

import { Avatar, Menu, Text, UnstyledButton } from '@mantine/core';
import { IconChevronUp, IconKey, IconLogout } from '@tabler/icons-react';
import Link from 'next/link';
import { signOut } from 'next-auth/react';
import { ColorSchemeSwitch } from '#components/shell/ColorSchemeSwitch';
import { type Actor, roleNames } from '#lib/users/permissions';
import classes from './UserMenu.module.css';

/** Who is signed in, and what they can do about themselves. */
export function UserMenu({ user }: { user: Actor }) {
  return (
    <Menu position="top-start" width={220} shadow="md" withinPortal={false}>
      <Menu.Target>
        <UnstyledButton className={classes.user} aria-label={`${user.name}, ${roleNames[user.role]}: your account`}>
          <Avatar name={user.name} color="mint" size={34} aria-hidden="true" />
          <div className={classes.who}>
            <Text size="0.8125rem" fw={580} truncate title={user.name}>
              {user.name}
            </Text>
            <Text size="xs" c="dimmed">
              {roleNames[user.role]}
            </Text>
          </div>
          <IconChevronUp size={16} className={classes.chevron} aria-hidden="true" />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Appearance</Menu.Label>
        <div className={classes.scheme}>
          <ColorSchemeSwitch />
        </div>
        <Menu.Divider />
        <Menu.Item component={Link} href="/account" leftSection={<IconKey size={17} aria-hidden="true" />}>
          Change password
        </Menu.Item>
        <Menu.Item leftSection={<IconLogout size={17} aria-hidden="true" />} onClick={() => signOut({ callbackUrl: '/sign-in' })}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

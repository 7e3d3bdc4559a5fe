'use client';

import { Avatar, Divider, NavLink, Popover, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconBook, IconChevronUp, IconKey, IconLogout } from '@tabler/icons-react';
import Link from 'next/link';
import { signOut } from 'next-auth/react';
import { ColorSchemeSwitch } from '#components/shell/ColorSchemeSwitch.tsx';
import { type Person, roleNames } from '#lib/users/permissions';
import classes from './AccountMenu.module.css';

type Props = { user: Person; onNavigate?: () => void };

/** The signed-in user, with appearance, password, API documentation and sign-out. */
export function AccountMenu({ user, onNavigate }: Props) {
  const [opened, popover] = useDisclosure();
  const close = () => {
    popover.close();
    onNavigate?.();
  };
  return (
    <Popover opened={opened} onChange={popover.close} position="top" width="target" shadow="md" withinPortal={false} trapFocus returnFocus>
      <Popover.Target>
        <UnstyledButton className={classes.user} onClick={popover.toggle}>
          <VisuallyHidden>Your account:</VisuallyHidden>
          <Avatar name={user.name} color="mint" size={34} aria-hidden="true" />
          <span className={classes.identity}>
            <Text span display="block" size="0.8125rem" fw={580} truncate title={user.name}>
              {user.name}
            </Text>
            <Text span display="block" size="xs" c="dimmed">
              {roleNames[user.role]}
            </Text>
          </span>
          <IconChevronUp size={16} className={classes.chevron} aria-hidden="true" />
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label="Your account">
        <Text size="xs" c="dimmed" fw={550} px={10} pt={6} pb={6} aria-hidden="true">
          Appearance
        </Text>
        <div className={classes.scheme}>
          <ColorSchemeSwitch />
        </div>
        <Divider my={4} color="var(--promint-line)" />
        <NavLink
          component={Link}
          href="/account"
          className={classes.item}
          label="Change password"
          leftSection={<IconKey size={17} aria-hidden="true" />}
          onClick={close}
        />
        <NavLink
          component="a"
          href="/docs/api"
          className={classes.item}
          label="API documentation"
          leftSection={<IconBook size={17} aria-hidden="true" />}
          onClick={close}
        />
        <NavLink
          component="button"
          className={classes.item}
          label="Sign out"
          leftSection={<IconLogout size={17} aria-hidden="true" />}
          onClick={() => signOut({ callbackUrl: '/sign-in' })}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

'use client';

import { Anchor, Burger, Drawer, Group, AppShell as MantineAppShell, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { AccountMenu } from '#components/shell/AccountMenu.tsx';
import { CodeSearch } from '#components/shell/CodeSearch.tsx';
import { LogoMark } from '#components/shell/Logo.tsx';
import { Navigation } from '#components/shell/Navigation.tsx';
import { OfflineBanner } from '#components/shell/OfflineBanner.tsx';
import type { Person } from '#lib/users/permissions';
import classes from './AppShell.module.css';

type Props = {
  user: Person;
  children: ReactNode;
};

/** The frame of every signed-in page: navigation, code search and account menu. */
export function AppShell({ user, children }: Props) {
  const [menuOpened, menu] = useDisclosure();
  return (
    <MantineAppShell
      layout="alt"
      header={{ height: 60 }}
      navbar={{ width: 244, breakpoint: 'sm', collapsed: { mobile: true } }}
      transitionDuration={0}
      classNames={{ main: classes.main, header: classes.header, navbar: classes.navbar }}
    >
      <a href="#content" className={classes.skip}>
        Skip to content
      </a>
      <MantineAppShell.Navbar visibleFrom="sm">
        <Brand />
        <Navigation role={user.role} label="Main" />
        <AccountMenu user={user} />
      </MantineAppShell.Navbar>
      <MantineAppShell.Header>
        <Group h="100%" px={{ base: 'sm', sm: 'xl' }} gap="sm" wrap="nowrap">
          <Burger opened={menuOpened} onClick={menu.open} hiddenFrom="sm" size="sm" aria-label="Open the menu" />
          <Link href="/promotions" className={`${classes.smallMark} mantine-hidden-from-sm`} aria-label="Promint, promotions">
            <LogoMark />
          </Link>
          <CodeSearch />
        </Group>
      </MantineAppShell.Header>
      <Drawer
        opened={menuOpened}
        onClose={menu.close}
        size={288}
        hiddenFrom="sm"
        title={<Brand />}
        closeButtonProps={{ 'aria-label': 'Close the menu' }}
        classNames={{ content: classes.drawer, body: classes.drawerBody, header: classes.drawerHeader }}
      >
        <Navigation role={user.role} label="Main" onNavigate={menu.close} />
        <AccountMenu user={user} onNavigate={menu.close} />
      </Drawer>
      <MantineAppShell.Main id="content" tabIndex={-1}>
        <div className={classes.progress} aria-hidden="true" />
        <div className={classes.page}>
          <OfflineBanner />
          {children}
        </div>
        <noscript>
          <Text component="nav" size="sm" ta="center" pb="md" aria-label="Without JavaScript">
            <Anchor href="/promotions">Promotions</Anchor> · <Anchor href="/jobs">Jobs</Anchor>
          </Text>
        </noscript>
      </MantineAppShell.Main>
    </MantineAppShell>
  );
}

function Brand() {
  return (
    <Link href="/promotions" className={classes.brand}>
      <LogoMark />
      Promint
    </Link>
  );
}

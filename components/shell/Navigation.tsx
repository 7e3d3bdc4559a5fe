'use client';

import { IconListDetails, IconPlugConnected, IconRosetteDiscount, IconUsers } from '@tabler/icons-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { LinkPending } from '#components/ui/LinkPending.tsx';
import { may, type Permission } from '#lib/users/permissions';
import type { Role } from '#prisma/enums';
import classes from './Navigation.module.css';

type NavigationItem = { href: string; label: string; icon: typeof IconUsers; permission: Permission };

const items: readonly NavigationItem[] = [
  { href: '/promotions', label: 'Promotions', icon: IconRosetteDiscount, permission: 'read' },
  { href: '/jobs', label: 'Jobs', icon: IconListDetails, permission: 'read' },
  { href: '/users', label: 'Users', icon: IconUsers, permission: 'administer' },
  { href: '/clients', label: 'API clients', icon: IconPlugConnected, permission: 'administer' },
];

type Props = { role: Role; label: string; onNavigate?: () => void };

/** The links to the main pages that the user's role may open. */
export function Navigation({ role, label, onNavigate }: Props) {
  const path = usePathname();
  return (
    <nav aria-label={label} className={classes.list}>
      {items
        .filter(({ permission }) => may(role, permission))
        .map(({ href, label, icon: Icon }) => (
          <Link
            key={href}
            href={href}
            className={classes.place}
            aria-current={path === href ? 'page' : path.startsWith(`${href}/`) ? 'true' : undefined}
            onClick={onNavigate}
          >
            <Icon size={20} stroke={1.7} aria-hidden="true" />
            {label}
            <LinkPending />
          </Link>
        ))}
    </nav>
  );
}

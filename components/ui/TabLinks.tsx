import Link from 'next/link';
import { LinkPending } from '#components/ui/LinkPending.tsx';
import { formatNumber } from '#lib/format/number';
import classes from './TabLinks.module.css';

export type TabLink = { href: string; label: string; active: boolean; count?: number | string };

/** Tabs that are links, so that they work without JavaScript, in a new window and with the back button. */
export function TabLinks({ label, tabs }: { label: string; tabs: readonly TabLink[] }) {
  return (
    <nav aria-label={label} className={classes.tabs}>
      {tabs.map(({ href, label, active, count }) => (
        <Link key={href} href={href} scroll={false} className={classes.tab} aria-current={active ? 'page' : undefined}>
          {label}
          {count !== undefined && <span className={classes.count}>{typeof count === 'number' ? formatNumber(count) : count}</span>}
          <LinkPending />
        </Link>
      ))}
    </nav>
  );
}

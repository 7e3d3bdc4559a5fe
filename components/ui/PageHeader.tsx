import { Breadcrumbs, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { AnchorLink } from '#components/ui/AnchorLink.tsx';
import classes from './PageHeader.module.css';

type Props = {
  title: ReactNode;
  /** Shown after the title, for example a status. */
  badge?: ReactNode;
  description?: ReactNode;
  /** Buttons; on a phone they are below the title. */
  actions?: ReactNode;
  /** The parent pages. */
  breadcrumbs?: readonly { label: string; href: string }[];
};

/** The top of a page: breadcrumbs, title, description and actions. */
export function PageHeader({ title, badge, description, actions, breadcrumbs }: Props) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        {breadcrumbs && (
          <nav aria-label="Breadcrumbs">
            <Breadcrumbs separatorMargin={6} mb={6}>
              {breadcrumbs.map(({ label, href }) => (
                <AnchorLink key={href} href={href} size="sm" c="dimmed">
                  {label}
                </AnchorLink>
              ))}
            </Breadcrumbs>
          </nav>
        )}
        <div className={classes.line}>
          <Title order={1} className={classes.title}>
            {title}
          </Title>
          {badge}
        </div>
        {description && (
          <Text component="div" c="dimmed" size="sm" mt={6} maw="42rem">
            {description}
          </Text>
        )}
      </div>
      {actions && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}

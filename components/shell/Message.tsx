import { EmptyState, EmptyStateDescription, EmptyStateIndicator, EmptyStateTitle, Paper } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = { icon: ReactNode; title: string; description: ReactNode; heading?: 1 | 2; children?: ReactNode };

/** What stands where there is nothing to show: why, and what to do next. `heading` is 1 when it is the whole page. */
export function Message({ icon, title, description, heading = 2, children }: Props) {
  return (
    <Paper py={56} px="lg">
      <EmptyState withIndicatorBackground maw="28rem" mx="auto">
        <EmptyStateIndicator aria-hidden="true">{icon}</EmptyStateIndicator>
        <EmptyStateTitle order={heading}>{title}</EmptyStateTitle>
        <EmptyStateDescription>{description}</EmptyStateDescription>
        {children}
      </EmptyState>
    </Paper>
  );
}

import { EmptyStateDescription, EmptyStateIndicator, EmptyStateTitle, EmptyState as MantineEmptyState, Paper } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = { icon: ReactNode; title: string; description: ReactNode; heading?: 1 | 2; children?: ReactNode };

/** A card in place of missing content: says why it is missing and what to do next. `heading` is 1 when the card is the whole page. */
export function EmptyState({ icon, title, description, heading = 2, children }: Props) {
  return (
    <Paper py={56} px="lg">
      <MantineEmptyState withIndicatorBackground maw="28rem" mx="auto">
        <EmptyStateIndicator aria-hidden="true">{icon}</EmptyStateIndicator>
        <EmptyStateTitle order={heading}>{title}</EmptyStateTitle>
        <EmptyStateDescription>{description}</EmptyStateDescription>
        {children}
      </MantineEmptyState>
    </Paper>
  );
}

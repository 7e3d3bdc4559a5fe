import { EmptyState, Paper } from '@mantine/core';
import type { ReactNode } from 'react';

type Props = { icon: ReactNode; title: string; description: ReactNode; children?: ReactNode };

/** What stands where there is nothing to show: why, and what to do next. */
export function Message({ icon, title, description, children }: Props) {
  return (
    <Paper py={56} px="lg">
      <EmptyState icon={icon} title={title} description={description} withIndicatorBackground maw="28rem" mx="auto">
        {children}
      </EmptyState>
    </Paper>
  );
}

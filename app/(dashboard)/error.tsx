'use client';

import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { EmptyState } from '#components/ui/EmptyState.tsx';

export default function DashboardError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : undefined;
  return (
    <EmptyState
      heading={1}
      icon={<IconAlertTriangle size={28} stroke={1.6} />}
      title="This page could not be loaded"
      description={`Try again in a moment.${digest ? ` If it happens again, give the error number ${digest} to your administrator.` : ''}`}
    >
      <Button onClick={retry}>Try again</Button>
    </EmptyState>
  );
}

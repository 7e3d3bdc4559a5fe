import { IconMapSearch } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { ButtonLink } from '#components/ui/ButtonLink.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';

export const metadata: Metadata = { title: 'Not found' };

export default function NotFound() {
  return (
    <EmptyState
      heading={1}
      icon={<IconMapSearch size={28} stroke={1.6} />}
      title="There is nothing here"
      description="The link may be old, or somebody deleted what it led to."
    >
      <ButtonLink href="/promotions" variant="default">
        Go to the promotions
      </ButtonLink>
    </EmptyState>
  );
}

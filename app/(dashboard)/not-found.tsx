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
      title="Page not found"
      description="The link may be outdated, or the item was deleted."
    >
      <ButtonLink href="/promotions" variant="default">
        Go to promotions
      </ButtonLink>
    </EmptyState>
  );
}

import { IconLock } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { ButtonLink } from '#components/ui/ButtonLink.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';

export const metadata: Metadata = { title: 'Not allowed' };

export default function Forbidden() {
  return (
    <EmptyState
      heading={1}
      icon={<IconLock size={28} stroke={1.6} />}
      title="Your role does not allow this"
      description="Ask an administrator for help, or to change your role under Users."
    >
      <ButtonLink href="/promotions" variant="default">
        Go to promotions
      </ButtonLink>
    </EmptyState>
  );
}

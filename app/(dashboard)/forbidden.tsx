import { IconLock } from '@tabler/icons-react';
import type { Metadata } from 'next';
import { ButtonLink } from '#components/shell/ButtonLink.tsx';
import { Message } from '#components/shell/Message.tsx';

export const metadata: Metadata = { title: 'Not allowed' };

export default function Forbidden() {
  return (
    <Message
      heading={1}
      icon={<IconLock size={28} stroke={1.6} />}
      title="Your role does not allow this"
      description="Ask an administrator to do it for you, or to change your role under Users."
    >
      <ButtonLink href="/promotions" variant="default">
        Go to the promotions
      </ButtonLink>
    </Message>
  );
}

'use client';

import { Anchor, type AnchorProps } from '@mantine/core';
import Link, { type LinkProps } from 'next/link';
import type { ReactNode } from 'react';
import { LinkPending } from '#components/ui/LinkPending.tsx';

/** Mantine's anchor as a link within the dashboard; pages that render on the server cannot combine the two themselves. */
export function AnchorLink({ children, ...props }: AnchorProps & LinkProps & { children: ReactNode }) {
  return (
    <Anchor component={Link} {...props}>
      {children}
      <LinkPending />
    </Anchor>
  );
}

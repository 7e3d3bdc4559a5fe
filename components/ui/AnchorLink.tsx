'use client';

import { Anchor, type AnchorProps } from '@mantine/core';
import Link, { type LinkProps } from 'next/link';
import type { ReactNode } from 'react';
import { LinkPending } from '#components/ui/LinkPending.tsx';

/** Mantine's Anchor as a Next link. Server components cannot pass one as the other's `component`. */
export function AnchorLink({ children, ...props }: AnchorProps & LinkProps & { children: ReactNode }) {
  return (
    <Anchor component={Link} {...props}>
      {children}
      <LinkPending />
    </Anchor>
  );
}

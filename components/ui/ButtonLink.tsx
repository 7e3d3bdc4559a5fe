'use client';

import { Button, type ButtonProps } from '@mantine/core';
import Link, { type LinkProps } from 'next/link';

import { LinkPending } from '#components/ui/LinkPending.tsx';

/** A Next link that looks like a button. */
export function ButtonLink({ children, ...props }: ButtonProps & LinkProps & { onClick?: () => void }) {
  return (
    <Button component={Link} {...props}>
      {children}
      <LinkPending />
    </Button>
  );
}

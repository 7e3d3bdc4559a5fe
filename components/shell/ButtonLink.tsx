'use client';

import { Button, type ButtonProps } from '@mantine/core';
import Link, { type LinkProps } from 'next/link';

/** A link within the dashboard that looks like a button. */
export function ButtonLink(props: ButtonProps & LinkProps & { onClick?: () => void }) {
  return <Button component={Link} {...props} />;
}

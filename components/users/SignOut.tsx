'use client';

import { Anchor } from '@mantine/core';
import { signOut } from 'next-auth/react';

/** A link-like button that signs out, for use within a sentence. */
export function SignOut() {
  return (
    <Anchor component="button" type="button" size="sm" underline="always" onClick={() => signOut({ callbackUrl: '/sign-in' })}>
      Sign out
    </Anchor>
  );
}
